"""Work that blocks nobody: long work that is started, watched and cancelled, and articles read beside it."""

from reviewer.jobs.in_process import ProcessQueue
from reviewer.jobs.queue import JobQueue
from reviewer.jobs.reading import ArticleReader, ReadArticle
from reviewer.jobs.running import JobRunner

__all__ = ["ArticleReader", "JobQueue", "JobRunner", "ProcessQueue", "ReadArticle"]
