# The grader of this clone, with its course. docs/platforms.md says what was tried.
#
#   docker build -t grade .
#   docker run --rm -v "$PWD:/work" --user "$(id -u):$(id -g)" grade score submitted --out scored
#
# Debian's image is pinned by its digest, every Python package by constraints.txt.
ARG BASE=docker.io/library/debian:bookworm-slim@sha256:96e378d7e6531ac9a15ad505478fcc2e69f371b10f5cdf87857c4b8188404716
FROM ${BASE}
# PyTorch's build for CPUs. An empty one gives PyPI's, which is for NVIDIA GPUs and ten times as large.
ARG PIP_EXTRA_INDEX_URL=https://download.pytorch.org/whl/cpu
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates python3 python3-venv \
    && rm -rf /var/lib/apt/lists/*
COPY constraints.txt /opt/source/
# A layer of its own: it is the largest by far, and a change of the grader leaves it as it is.
RUN python3 -m venv /opt/grade \
    && /opt/grade/bin/pip install --no-cache-dir -c /opt/source/constraints.txt torch numpy
COPY . /opt/source/
RUN /opt/grade/bin/pip install --no-cache-dir -c /opt/source/constraints.txt /opt/source && rm -r /opt/source
RUN useradd --create-home --uid 1000 grade
USER grade
ENV GRADE_WARM=0 LC_ALL=C.UTF-8
WORKDIR /work
ENTRYPOINT ["/opt/grade/bin/grade"]
