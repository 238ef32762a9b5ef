def test_x(database, app):
    from pathlib import Path
    from catalog.loader import load_pack
    from answers.loader import load_answers
    print(load_answers(Path("packs/standard")), load_pack(Path("packs/standard")))
    print(load_pack(Path("packs/city")), load_answers(Path("packs/city")))
    assert 0
