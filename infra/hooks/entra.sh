#!/bin/sh
# Registers Cms in Entra ID from infra/entra/*.json, or prints what is still to register. Registrations belong to the whole
# organisation, so it makes them only after: azd env set CMS_ENTRA create
set -eu
entra=$(CDPATH='' cd -- "$(dirname -- "$0")/../entra" && pwd)
graph=https://graph.microsoft.com/v1.0/applications
host=${CMS_ORIGIN#https://}
exchange='api://AzureADTokenExchange'

# The identity of the app proves that the app is "Cms API". There is no client secret.
federate() {
  [ -z "$(az ad app federated-credential list --id "$1" --query "[?subject=='$CMS_IDENTITY_PRINCIPAL_ID'].id" --output tsv)" ] ||
    return 0
  tenant=$(az account show --query tenantId --output tsv)
  az ad app federated-credential create --id "$1" --only-show-errors --output none --parameters "{
    \"name\": \"cms-app\",
    \"issuer\": \"https://login.microsoftonline.com/$tenant/v2.0\",
    \"subject\": \"$CMS_IDENTITY_PRINCIPAL_ID\",
    \"audiences\": [\"$exchange\"]
  }"
}

# register FILE NAME: creates an application, and prints its client id.
register() {
  id=$(az ad app create --display-name "$2" --sign-in-audience AzureADMyOrg --query appId --output tsv --only-show-errors)
  body=$(mktemp)
  sed -e "s|YOUR-HOST|$host|g" -e "s|CLIENT-ID-OF-CMS-API|${CMS_API_CLIENT_ID:-$id}|g" \
    -e "s|https://YOUR-FRONT-END/|${CMS_FRONT_END:-https://YOUR-FRONT-END/}|g" "$entra/$1" >"$body"
  az rest --method PATCH --url "$graph(appId='$id')" --headers Content-Type=application/json --body "@$body" --output none
  rm -f "$body"
  az ad sp create --id "$id" --only-show-errors --output none
  echo "$id"
}

if [ "${CMS_ENTRA:-print}" = create ]; then
  if [ -z "${CMS_API_CLIENT_ID:-}" ]; then
    CMS_API_CLIENT_ID=$(register api.json 'Cms API')
    az ad app update --id "$CMS_API_CLIENT_ID" --identifier-uris "api://$CMS_API_CLIENT_ID" --only-show-errors --output none
    azd env set CMS_API_CLIENT_ID "$CMS_API_CLIENT_ID"
  fi
  federate "$CMS_API_CLIENT_ID"
  if [ -n "${CMS_FRONT_END:-}" ] && [ -z "${CMS_FRONT_END_CLIENT_ID:-}" ]; then
    azd env set CMS_FRONT_END_CLIENT_ID "$(register browser.json 'Cms front end')"
  fi
  echo "Cms API is registered as $CMS_API_CLIENT_ID. Assign roles to people: Enterprise applications, Cms API, Users and groups."
  echo "Register each partner from infra/entra/partner.json. docs/guides/sign-in.md says how."
  exit 0
fi

cat <<TEXT

Registrations in Entra ID (docs/guides/sign-in.md):
  1. Cms API, from infra/entra/api.json, with the redirect URI $CMS_ORIGIN/signin-oidc.
     Under Certificates & secrets, add a federated credential: Managed identity, $CMS_IDENTITY_NAME. It needs no secret.
  2. Cms front end, from infra/entra/browser.json, if you have a front end of your own.
  3. Cms partner, from infra/entra/partner.json, for each partner.
Then: azd env set CMS_API_CLIENT_ID <the client id of Cms API>, and: azd deploy
Or let this hook register 1, and 2 if CMS_FRONT_END is set: azd env set CMS_ENTRA create, and: azd hooks run postprovision
TEXT
[ -z "${CMS_API_CLIENT_ID:-}" ] || echo "CMS_API_CLIENT_ID is $CMS_API_CLIENT_ID."
