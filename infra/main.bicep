// Everything that Cms needs in Azure, except the app itself, which cms.bicep deploys with each new image.
// There is no secret here: every resource is used with a managed identity, and refuses keys.
targetScope = 'subscription'

@description('The name of the deployment. Names of resources begin with it or contain a hash of it.')
@minLength(2)
@maxLength(32)
param name string

@description('The Azure region.')
@minLength(1)
param location string

@description('Whether resources are spread over the zones of the region. It needs a region with zones, and cannot be changed later.')
param zoneRedundant bool = false

@description('Whether the database, the vault, Redis and the app talk over a private network. It cannot be changed later.')
param privateNetworking bool = false

@description('The tier of the database.')
@allowed(['GeneralPurpose', 'BusinessCritical'])
param sqlTier string = 'GeneralPurpose'

@description('The number of vCores of the database.')
@minValue(2)
@maxValue(80)
param sqlVCores int = 2

@description('The object id of the person, group or application that administers the database.')
@minLength(36)
@maxLength(36)
param sqlAdminId string

@description('The name of the administrator, as the database shows it.')
param sqlAdminName string = 'cms-administrators'

@description('What the administrator is.')
@allowed(['User', 'Group', 'Application'])
param sqlAdminType string = 'User'

@description('Whether the servers tell each other of changes with Redis. Without it, they look for changes every second.')
param redis bool = true

@description('The size of Redis.')
param redisSku string = 'Balanced_B0'

@description('The public host name, such as news.example. Empty: the name that Azure gives.')
param customDomain string = ''

@description('The image that runs migrations. Empty before the first deployment of the app.')
param image string = ''

var token = toLower(uniqueString(subscription().id, name, location))
var tags = { 'azd-env-name': name }

// Zones and private endpoints both need a network of our own.
var hasNetwork = privateNetworking || zoneRedundant
var appName = 'cms-${token}'

resource group 'Microsoft.Resources/resourceGroups@2024-03-01' = {
  name: 'rg-${name}'
  location: location
  tags: tags
}

module identities 'modules/identities.bicep' = {
  scope: group
  params: { token: token, location: location, tags: tags }
}

module monitoring 'modules/monitoring.bicep' = {
  scope: group
  params: { token: token, location: location, tags: tags, publisherId: identities.outputs.app.principalId }
}

module network 'modules/network.bicep' = if (hasNetwork) {
  scope: group
  params: { token: token, location: location, tags: tags, workspaceId: monitoring.outputs.workspaceId }
}

module environment 'modules/environment.bicep' = {
  scope: group
  params: {
    token: token
    location: location
    tags: tags
    zoneRedundant: zoneRedundant
    subnetId: hasNetwork ? network!.outputs.appsSubnetId : ''
    workspaceId: monitoring.outputs.workspaceId
  }
}

// Browsers send files from the pages of the app directly to the storage account.
var azureOrigin = 'https://${appName}.${environment.outputs.domain}'
var origin = empty(customDomain) ? azureOrigin : 'https://${customDomain}'

module registry 'modules/registry.bicep' = {
  scope: group
  params: {
    token: token
    location: location
    tags: tags
    zoneRedundant: zoneRedundant
    pullerIds: [identities.outputs.app.principalId, identities.outputs.migration.principalId]
    workspaceId: monitoring.outputs.workspaceId
  }
}

module storage 'modules/storage.bicep' = {
  scope: group
  params: {
    token: token
    location: location
    tags: tags
    zoneRedundant: zoneRedundant
    origins: union([azureOrigin], [origin])
    writerId: identities.outputs.app.principalId
    workspaceId: monitoring.outputs.workspaceId
  }
}

module database 'modules/database.bicep' = {
  scope: group
  params: {
    token: token
    location: location
    tags: tags
    zoneRedundant: zoneRedundant
    isPrivate: privateNetworking
    tier: sqlTier
    vCores: sqlVCores
    adminId: sqlAdminId
    adminName: sqlAdminName
    adminType: sqlAdminType
    workspaceId: monitoring.outputs.workspaceId
  }
}

module vault 'modules/vault.bicep' = {
  scope: group
  params: {
    token: token
    location: location
    tags: tags
    isPrivate: privateNetworking
    readerId: identities.outputs.app.principalId
    workspaceId: monitoring.outputs.workspaceId
  }
}

module signals 'modules/redis.bicep' = if (redis) {
  scope: group
  params: {
    token: token
    location: location
    tags: tags
    sku: redisSku
    isPrivate: privateNetworking
    userId: identities.outputs.app.principalId
    workspaceId: monitoring.outputs.workspaceId
  }
}

module databaseEndpoint 'modules/endpoint.bicep' = if (privateNetworking) {
  scope: group
  params: {
    name: 'sql'
    location: location
    tags: tags
    targetId: database.outputs.serverId
    groupId: 'sqlServer'
    zone: 'privatelink${az.environment().suffixes.sqlServerHostname}'
    subnetId: network!.outputs.endpointsSubnetId
    networkId: network!.outputs.networkId
  }
}

module storageEndpoint 'modules/endpoint.bicep' = if (privateNetworking) {
  scope: group
  params: {
    name: 'blob'
    location: location
    tags: tags
    targetId: storage.outputs.accountId
    groupId: 'blob'
    zone: 'privatelink.blob.${az.environment().suffixes.storage}'
    subnetId: network!.outputs.endpointsSubnetId
    networkId: network!.outputs.networkId
  }
}

module vaultEndpoint 'modules/endpoint.bicep' = if (privateNetworking) {
  scope: group
  params: {
    name: 'vault'
    location: location
    tags: tags
    targetId: vault.outputs.vaultId
    groupId: 'vault'
    zone: 'privatelink.vaultcore.azure.net'
    subnetId: network!.outputs.endpointsSubnetId
    networkId: network!.outputs.networkId
  }
}

module redisEndpoint 'modules/endpoint.bicep' = if (privateNetworking && redis) {
  scope: group
  params: {
    name: 'redis'
    location: location
    tags: tags
    targetId: signals!.outputs.clusterId
    groupId: 'redisEnterprise'
    zone: 'privatelink.redis.azure.net'
    subnetId: network!.outputs.endpointsSubnetId
    networkId: network!.outputs.networkId
  }
}

module migration 'modules/migration.bicep' = {
  scope: group
  params: {
    token: token
    location: location
    tags: tags
    environmentId: environment.outputs.environmentId
    identity: identities.outputs.migration
    registryServer: registry.outputs.server
    image: image
    databaseServer: database.outputs.host
    databaseName: database.outputs.name
    workspaceId: monitoring.outputs.workspaceId
  }
}

// azd stores these in its environment. The hooks and cms.bicepparam read them.
output AZURE_RESOURCE_GROUP string = group.name
output AZURE_CONTAINER_REGISTRY_ENDPOINT string = registry.outputs.server
output CMS_APP_NAME string = appName
output CMS_ORIGIN string = origin
output CMS_AZURE_ORIGIN string = azureOrigin
output CMS_ENVIRONMENT_NAME string = environment.outputs.name
output CMS_ENVIRONMENT_ID string = environment.outputs.environmentId
output CMS_WORKSPACE_ID string = monitoring.outputs.workspaceId
output CMS_IDENTITY_ID string = identities.outputs.app.id
output CMS_IDENTITY_NAME string = identities.outputs.app.name
output CMS_IDENTITY_CLIENT_ID string = identities.outputs.app.clientId
output CMS_IDENTITY_PRINCIPAL_ID string = identities.outputs.app.principalId
output CMS_MIGRATION_IDENTITY_NAME string = identities.outputs.migration.name
output CMS_MIGRATION_IDENTITY_CLIENT_ID string = identities.outputs.migration.clientId
output CMS_MIGRATION_JOB string = migration.outputs.jobName
output CMS_SQL_SERVER string = database.outputs.serverName
output CMS_SQL_HOST string = database.outputs.host
output CMS_SQL_DATABASE string = database.outputs.name
output CMS_BLOB_ENDPOINT string = storage.outputs.blobEndpoint
output CMS_BLOB_CONTAINER string = storage.outputs.container
output CMS_VAULT_NAME string = vault.outputs.name
output CMS_VAULT_URI string = vault.outputs.uri
output CMS_REDIS_HOST string = redis ? signals!.outputs.host : ''
output CMS_REDIS_PORT string = redis ? signals!.outputs.port : ''
output CMS_INSIGHTS string = monitoring.outputs.connection
