# One image for web, worker, beat and the simulated sign-in partner; docker-compose.yml says which of them a container is.
FROM python:3.11-slim-bookworm

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PIP_DISABLE_PIP_VERSION_CHECK=1 EEPORTAL_STATIC_ROOT=/srv/static
WORKDIR /srv/eeportal

COPY requirements.lock .
RUN pip install --no-cache-dir --require-hashes -r requirements.lock

COPY . .
# Production serves the files under names with their content's hash; the secret lives only in this step.
RUN EEPORTAL_ENV=production EEPORTAL_HOSTS=build EEPORTAL_BASE_URL=https://build EEPORTAL_EMAIL_HOST=build \
    DATABASE_URL=postgresql://build/build REDIS_URL=redis://build \
    EEPORTAL_SECRET_KEY="$(python -c 'import secrets; print(secrets.token_urlsafe(60))')" \
    python manage.py collectstatic --noinput --verbosity 0 \
    && useradd --system --no-create-home --shell /usr/sbin/nologin eeportal \
    && install --directory --owner=eeportal --mode=700 /srv/partner
USER eeportal

EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=8s --start-period=60s CMD ["python", "-c", \
    "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/readyz', timeout=6)"]
CMD ["python", "-m", "gunicorn", "eeportal.wsgi", "--config", "python:eeportal.server", \
     "--bind", "0.0.0.0:8000", "--worker-tmp-dir", "/dev/shm"]
