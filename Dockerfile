# Klantbeeld and its Airflow, from the same constraints.txt that every test runs on.
FROM python:3.11.15-slim-bookworm AS built
WORKDIR /opt/klantbeeld
COPY constraints.txt pyproject.toml ./
RUN python -m venv .venv && .venv/bin/python -m pip install --no-cache-dir --quiet -c constraints.txt uv
RUN .venv/bin/uv pip install --python .venv/bin/python --no-cache --compile-bytecode \
    -c constraints.txt -r pyproject.toml --extra celery

FROM python:3.11.15-slim-bookworm
RUN groupadd --gid 50000 klantbeeld \
    && useradd --uid 50000 --gid klantbeeld --home-dir /var/lib/airflow --shell /usr/sbin/nologin klantbeeld \
    && install -d -o klantbeeld -g klantbeeld -m 750 \
        /var/lib/airflow /var/lib/airflow/logs /var/lib/klantbeeld /var/lib/klantbeeld/reports \
        /var/lib/klantbeeld/scratch
WORKDIR /opt/klantbeeld
COPY --from=built /opt/klantbeeld/.venv .venv
COPY . .
ENV PATH=/opt/klantbeeld/.venv/bin:/opt/klantbeeld:$PATH \
    PYTHONPATH=/opt/klantbeeld \
    PYTHONUNBUFFERED=1
USER klantbeeld
CMD ["klantbeeld", "--help"]
