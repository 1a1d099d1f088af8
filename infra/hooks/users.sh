#!/bin/sh
# Creates the database users of the two identities. Without a private network, it opens the database's firewall for this
# machine meanwhile.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
rule=cms-hook
seen=$(mktemp)

finish() {
  rm -f "$seen"
  if [ -n "${opened:-}" ]; then
    az sql server firewall-rule delete --only-show-errors --output none \
      --resource-group "$AZURE_RESOURCE_GROUP" --server "$CMS_SQL_SERVER" --name "$rule" || true
  fi
}
trap finish EXIT

create() {
  sqlcmd -S "$CMS_SQL_HOST" -d "$CMS_SQL_DATABASE" --authentication-method ActiveDirectoryDefault -b -i "$here/users.sql" \
    -v APP_NAME="$CMS_IDENTITY_NAME" APP_ID="$CMS_IDENTITY_CLIENT_ID" \
    MIGRATION_NAME="$CMS_MIGRATION_IDENTITY_NAME" MIGRATION_ID="$CMS_MIGRATION_IDENTITY_CLIENT_ID" >"$seen" 2>&1
}

# A new firewall rule may take five minutes to work.
tries=0
until create; do
  tries=$((tries + 1))
  # The database says which address it does not admit.
  address=$(sed -n "s/.*IP address '\([0-9.]*\)'.*/\1/p" "$seen" | head -n 1)
  if [ -z "$address" ] || [ "$tries" -gt "${CMS_HOOK_TRIES:-20}" ]; then
    cat "$seen" >&2
    echo "The database users were not created. Run this as the administrator of $CMS_SQL_HOST, from a machine that reaches it: azd hooks run postprovision" >&2
    exit 1
  fi
  if [ -z "${opened:-}" ]; then
    opened=yes
    az sql server firewall-rule create --only-show-errors --output none \
      --resource-group "$AZURE_RESOURCE_GROUP" --server "$CMS_SQL_SERVER" --name "$rule" \
      --start-ip-address "$address" --end-ip-address "$address"
  fi
  sleep "${CMS_HOOK_PAUSE:-15}"
done
echo "The database users $CMS_IDENTITY_NAME and $CMS_MIGRATION_IDENTITY_NAME exist."
