"""``konkyo`` of this tree, for processes that tests start."""

from reviewer.cli import konkyo

if __name__ == "__main__":
    konkyo()
