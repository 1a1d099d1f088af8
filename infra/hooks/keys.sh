#!/bin/sh
# Creates, in the key vault, the certificate that encrypts the keys of cookies, and the key that signs the URLs of images.
# The caller becomes an administrator of the vault meanwhile. The key never leaves the vault and this process.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)

exists() { az keyvault "$1" show --vault-name "$CMS_VAULT_NAME" --name "$2" --only-show-errors --output none 2>/dev/null; }

vault=$(az keyvault show --name "$CMS_VAULT_NAME" --query id --output tsv)
caller=${AZURE_PRINCIPAL_ID:-$(az ad signed-in-user show --query id --output tsv)}
role='Key Vault Administrator'

finish() {
  if [ -n "${granted:-}" ]; then
    az role assignment delete --assignee "$caller" --role "$role" --scope "$vault" --only-show-errors --output none || true
  fi
}
trap finish EXIT

if exists certificate data-protection && exists secret media-signing-key; then
  echo "The certificate and the key exist in $CMS_VAULT_NAME."
  exit 0
fi

if [ -z "$(az role assignment list --assignee "$caller" --role "$role" --scope "$vault" --query '[0].id' --output tsv)" ]; then
  granted=yes
  az role assignment create --assignee "$caller" --role "$role" --scope "$vault" --only-show-errors --output none
fi

# A new role may take some minutes to work.
tries=0
until az keyvault certificate list --vault-name "$CMS_VAULT_NAME" --only-show-errors --output none 2>/dev/null; do
  tries=$((tries + 1))
  [ "$tries" -le "${CMS_HOOK_TRIES:-20}" ] || {
    echo "$CMS_VAULT_NAME does not answer. Run this from a machine that reaches it: azd hooks run postprovision" >&2
    exit 1
  }
  sleep "${CMS_HOOK_PAUSE:-15}"
done

exists certificate data-protection || az keyvault certificate create --vault-name "$CMS_VAULT_NAME" --name data-protection \
  --policy "@$here/certificate.json" --only-show-errors --output none

exists secret media-signing-key || {
  umask 077
  key=$(mktemp)
  openssl rand -base64 32 | tr -d '\n' >"$key"
  status=0
  az keyvault secret set --vault-name "$CMS_VAULT_NAME" --name media-signing-key --file "$key" --encoding utf-8 \
    --only-show-errors --output none || status=$?
  rm -f "$key"
  [ "$status" -eq 0 ] || exit "$status"
}
echo "Created what was missing in $CMS_VAULT_NAME: the certificate data-protection and the secret media-signing-key."
