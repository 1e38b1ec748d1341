"""The threads behind the window (нишките зад прозореца)."""

from app.ui.work import Worker


class Workers:
    """The threads behind the window.

    One reads, one writes, one travels, one draws papers, one looks at drives, one waits for pictures of files.
    """

    def __init__(self) -> None:
        self.reader = Worker("reader")
        self.writer = Worker("writer")
        self.road = Worker("road")
        self.papers = Worker("papers")
        self.drives = Worker("drives")
        self.pictures = Worker("pictures")

    def close(self) -> None:
        """End all of them. All that is to be written is written: a draft asked for in the last moment too."""
        self.road.close()
        self.papers.close()
        self.drives.close()
        self.pictures.close()
        self.reader.close()
        self.writer.close(finish=True)
