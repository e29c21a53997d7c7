"""What production needs beside ``docker-compose.yml``: its secrets, its databases, its pools."""
