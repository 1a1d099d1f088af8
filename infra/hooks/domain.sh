#!/bin/sh
# Runs after the app is deployed: makes a certificate for the public host name, once. It needs the DNS records that
# docs/operations/azure.md names.
set -eu
[ -n "${CMS_CUSTOM_DOMAIN:-}" ] || exit 0
[ -z "${CMS_CUSTOM_DOMAIN_CERTIFICATE_ID:-}" ] || exit 0

az containerapp hostname bind --resource-group "$AZURE_RESOURCE_GROUP" --name "$CMS_APP_NAME" \
  --environment "$CMS_ENVIRONMENT_NAME" --hostname "$CMS_CUSTOM_DOMAIN" --validation-method CNAME --only-show-errors --output none
certificate=$(az containerapp env certificate list --resource-group "$AZURE_RESOURCE_GROUP" --name "$CMS_ENVIRONMENT_NAME" \
  --managed-certificates-only --query "[?properties.subjectName=='$CMS_CUSTOM_DOMAIN'].id | [0]" --output tsv --only-show-errors)
azd env set CMS_CUSTOM_DOMAIN_CERTIFICATE_ID "$certificate"
echo "https://$CMS_CUSTOM_DOMAIN has a certificate, which Azure renews."
