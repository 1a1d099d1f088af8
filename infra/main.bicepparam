using 'main.bicep'

// azd sets the first two and the administrator. Set the others with: azd env set NAME VALUE.
param name = readEnvironmentVariable('AZURE_ENV_NAME', 'cms')
param location = readEnvironmentVariable('AZURE_LOCATION', 'westeurope')
param zoneRedundant = bool(readEnvironmentVariable('CMS_ZONE_REDUNDANT', 'false'))
param privateNetworking = bool(readEnvironmentVariable('CMS_PRIVATE_NETWORKING', 'false'))
param sqlTier = readEnvironmentVariable('CMS_SQL_TIER', 'GeneralPurpose')
param sqlVCores = int(readEnvironmentVariable('CMS_SQL_VCORES', '2'))
param sqlAdminId = readEnvironmentVariable(
  'CMS_SQL_ADMIN_ID',
  readEnvironmentVariable('AZURE_PRINCIPAL_ID', '')
)
param sqlAdminName = readEnvironmentVariable('CMS_SQL_ADMIN_NAME', 'cms-administrators')
param sqlAdminType = readEnvironmentVariable('CMS_SQL_ADMIN_TYPE', 'User')
param redis = bool(readEnvironmentVariable('CMS_REDIS', 'true'))
param redisSku = readEnvironmentVariable('CMS_REDIS_SKU', 'Balanced_B0')
param customDomain = readEnvironmentVariable('CMS_CUSTOM_DOMAIN', '')
param image = readEnvironmentVariable('SERVICE_CMS_IMAGE_NAME', '')
