"""Work that blocks nobody: long work that is started, watched and cancelled, and articles read beside it."""

from reviewer.jobs.reading import ArticleReader, ReadArticle
from reviewer.jobs.running import Job, JobRunner, JobState

__all__ = ["ArticleReader", "Job", "JobRunner", "JobState", "ReadArticle"]
