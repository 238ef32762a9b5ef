"""Forgetting who called by mistake: noise that never became a ticket goes after the days that noise is kept."""
from core import clock
from core.db import db
from core.jobs import job
from hotline.taking import queries, services


@job("forget_noise_calls", queue="slow")
def forget_noise_calls() -> None:
    """Remove number and words of calls put aside as noise, a few hundred at a time; the log keeps that there was a call."""
    for call in queries.old_noise(clock.now()):
        services.forget(call)
    db.session.commit()
