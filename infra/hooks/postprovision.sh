#!/bin/sh
# Runs after `azd provision`: creates what Bicep cannot. It may run again at any time, and changes nothing that exists.
# It needs az (signed in), azd and sqlcmd (https://aka.ms/sqlcmd), and runs as the administrator of the database.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)

for tool in az azd sqlcmd; do
  command -v "$tool" >/dev/null || {
    echo "Install $tool, then run: azd hooks run postprovision" >&2
    exit 1
  }
done

sh "$here/users.sh"
sh "$here/keys.sh"
sh "$here/entra.sh"

# azd deploys cms.bicep only if the file has changed since the last time. The values that it reads may have changed.
azd env set SERVICE_CMS_TEMPLATE_HASH ''
