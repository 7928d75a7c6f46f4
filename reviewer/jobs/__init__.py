"""Long work that blocks nobody: started from a page, watched, cancelled."""

from reviewer.jobs.running import Job, JobRunner, JobState

__all__ = ["Job", "JobRunner", "JobState"]
