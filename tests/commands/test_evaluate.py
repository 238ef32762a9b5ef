"""flask evaluate: with nothing but a data folder, on the operator's own texts."""
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import config
from app import create_app

ROOT = Path(__file__).resolve().parents[2]
LATE = [f"货{w}没送来" for w in ("今天", "昨天", "周三", "一直", "早上", "还", "又", "都晚了")]
PAID = [f"多扣{w}的钱" for w in ("我", "了", "两百", "一笔", "卡里", "这月", "上周", "货款")]


@pytest.fixture(scope="module")
def lone(tmp_path_factory):
    """An application that knows of nothing but a data folder in which nothing runs."""
    return create_app(config.load({"DATA_DIR": str(tmp_path_factory.mktemp("data"))}))


@pytest.fixture
def evaluate(lone):
    def run(*arguments, code=0):
        with lone.app_context():  # as `flask` itself gives it to every command
            done = lone.test_cli_runner(env={"LC_ALL": "C.UTF-8"}).invoke(args=["evaluate", *map(str, arguments)])
        assert done.exit_code == code, (done.output, done.exception)
        return done
    return run


def written(path, rows):
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    return path


def test_own_texts_with_own_labels(evaluate, tmp_path):
    learned = [{"text": text, "label": label} for texts, label in ((LATE, "late"), (PAID, "paid")) for text in texts]
    done = evaluate("triage", written(tmp_path / "test.jsonl", [{"text": "货怎么还没送来", "leaf": "late"}, {"text": "多扣钱了", "label": "paid"}]),
                    "--train", written(tmp_path / "train.jsonl", learned))
    scores = json.loads(done.stdout)
    assert len(done.stdout.splitlines()) == 1
    assert list(scores) == ["n", "accuracy", "macro_f1", "top3", "automatic", "automatic_wrong"]
    assert (scores["n"], scores["accuracy"]) == (2, 1.0)


def test_the_command_in_a_process_of_its_own(tmp_path):
    path = written(tmp_path / "replies.jsonl", REPLIES)
    done = subprocess.run([sys.executable, "-m", "flask", "evaluate", "ratings", str(path)], cwd=ROOT, capture_output=True, text=True, timeout=120,
                          env={"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path / "data")})
    assert (done.returncode, json.loads(done.stdout), done.stderr) == (0, {"n": 5, "correct": 5}, "")


def test_a_bad_line_is_named(evaluate, tmp_path):
    path = tmp_path / "bad.jsonl"
    path.write_text('{"text": "a", "leaf": "b"}\nnonsense\n', encoding="utf-8")
    assert "line 2" in evaluate("triage", path, code=1).stderr


def test_too_few_texts_are_a_sentence_and_no_traceback(evaluate, tmp_path):
    rows = written(tmp_path / "few.jsonl", [{"text": "a", "leaf": "b"}])
    stderr = evaluate("triage", rows, "--train", rows, code=1).stderr
    assert "examples or more" in stderr
    assert "Traceback" not in stderr


REPLIES = [{"text": "5 谢谢", "score": 5, "action": "score"}, {"text": "5条货还没来", "score": None, "action": "complaint"}, {"text": "退订", "score": None, "action": "optout"},
           {"text": "STOP sending me stale goods", "score": None, "action": "complaint"}, {"text": "ok", "score": None, "action": "other"}]


def test_replies_to_a_survey(evaluate, tmp_path):
    done = evaluate("ratings", written(tmp_path / "replies.jsonl", REPLIES))
    assert [json.loads(line) for line in done.stdout.splitlines()] == [{"n": 5, "correct": 5}]


@pytest.mark.parametrize("wrong", [{"text": "5", "score": 4, "action": "score"}, {"text": "退订", "score": None, "action": "other"}, {"text": "ok", "score": None, "action": "optout"},
                                   {"text": "好的", "score": 5, "action": "score"}])
def test_a_wrong_score_or_opt_out_is_not_correct(evaluate, tmp_path, wrong):
    done = evaluate("ratings", written(tmp_path / "replies.jsonl", [*REPLIES, wrong]))
    assert json.loads(done.stdout) == {"n": 6, "correct": 5}


@pytest.mark.parametrize(("lines", "said"), [
    ('{"text": "5", "score": 5, "action": "score"}\n[1]', "line 2"), ('{"text": "5", "score": 6, "action": "score"}', "line 1"), ('{"text": "5", "score": true, "action": "score"}', "line 1"),
    ('{"text": "5", "score": 5, "action": "rate"}', "line 1"), ('{"text": 5, "score": 5, "action": "score"}', "line 1"), ('{"text": "5", "action": "score"}', "line 1"), ("nonsense", "line 1"),
    ('{"text": "5", "score": [5], "action": "score"}', "line 1"), ("\n\n", "empty")])
def test_replies_that_cannot_be_used_are_named(evaluate, tmp_path, lines, said):
    path = tmp_path / "bad.jsonl"
    path.write_text(lines, encoding="utf-8")
    stderr = evaluate("ratings", path, code=1).stderr
    assert said in stderr
    assert "Traceback" not in stderr


def test_a_file_in_another_encoding_is_a_sentence(evaluate, tmp_path):
    path = tmp_path / "gbk.jsonl"
    path.write_bytes('{"text": "满意", "score": 4, "action": "score"}'.encode("gb18030"))
    assert "not UTF-8" in evaluate("ratings", path, code=1).stderr


PAIRS = [{"a": "昨天的货没到", "b": "喂那个货怎么还没来啊昨天就该到的", "lang": "zh", "minutes_apart": 30, "channel_a": "web", "channel_b": "phone", "same_matter": True},
         {"a": "昨天的货没到", "b": "许可证怎么变更地址", "lang": "zh", "minutes_apart": 3000, "channel_a": "web", "channel_b": "phone", "same_matter": False}]


def test_pairs_of_contacts_from_a_score_on(evaluate, tmp_path):
    done = evaluate("duplicates", written(tmp_path / "pairs.jsonl", PAIRS), "--threshold", "0.5")
    assert [json.loads(line) for line in done.stdout.splitlines()] == [{"n": 2, "precision": 1.0, "recall": 1.0, "threshold": 0.5}]


def test_a_pair_without_an_answer_is_named(evaluate, tmp_path):
    assert "line 1" in evaluate("duplicates", written(tmp_path / "bad.jsonl", [{"a": "a", "b": "b", "minutes_apart": 1}]), code=1).stderr
