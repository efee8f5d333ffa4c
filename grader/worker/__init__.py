"""The worker: the process in which a submission runs, confined, and the zygote that forks it."""
