#!/bin/sh
# Runs after the image is in the registry, and before the app gets it: migrates the database with the new image. If it
# fails, azd stops, and the app keeps its old image.
set -eu
image=${SERVICE_CMS_IMAGE_NAME:-$(azd env get-value SERVICE_CMS_IMAGE_NAME)}

az containerapp job update --resource-group "$AZURE_RESOURCE_GROUP" --name "$CMS_MIGRATION_JOB" --image "$image" \
  --only-show-errors --output none
run=$(az containerapp job start --resource-group "$AZURE_RESOURCE_GROUP" --name "$CMS_MIGRATION_JOB" \
  --query name --output tsv --only-show-errors)
echo "Migrating the database with $image ($run)."

tries=0
while :; do
  status=$(az containerapp job execution show --resource-group "$AZURE_RESOURCE_GROUP" --name "$CMS_MIGRATION_JOB" \
    --job-execution-name "$run" --query properties.status --output tsv --only-show-errors)
  case $status in
    Succeeded)
      echo 'The database is up to date.'
      exit 0
      ;;
    Failed | Stopped | Degraded)
      echo "The migration $run ended with $status. The app keeps its old image. Read why: az containerapp job logs show --resource-group $AZURE_RESOURCE_GROUP --name $CMS_MIGRATION_JOB --execution $run --container migrate" >&2
      exit 1
      ;;
  esac
  tries=$((tries + 1))
  [ "$tries" -le "${CMS_HOOK_TRIES:-720}" ] || {
    echo "The migration $run is still $status after an hour. When it has ended, run: azd deploy" >&2
    exit 1
  }
  sleep "${CMS_HOOK_PAUSE:-5}"
done
