// The registry of the image.
@minLength(13)
param token string
param location string
param tags object
param zoneRedundant bool

@description('The identities that pull the image.')
param pullerIds string[]
param workspaceId string

resource registry 'Microsoft.ContainerRegistry/registries@2025-04-01' = {
  name: 'cr${token}'
  location: location
  tags: tags
  sku: { name: zoneRedundant ? 'Premium' : 'Standard' }
  properties: {
    adminUserEnabled: false
    anonymousPullEnabled: false
    zoneRedundancy: zoneRedundant ? 'Enabled' : 'Disabled'
    // The image is built in the registry, which a private registry does not allow.
    publicNetworkAccess: 'Enabled'
  }
}

var acrPull = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '7f951dda-4ed3-4680-a7ca-43fe172d538d')

resource pullers 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for pullerId in pullerIds: {
    scope: registry
    name: guid(registry.id, pullerId, acrPull)
    properties: {
      description: 'AcrPull'
      principalId: pullerId
      principalType: 'ServicePrincipal'
      roleDefinitionId: acrPull
    }
  }
]

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: registry
  name: 'to-workspace'
  properties: {
    workspaceId: workspaceId
    logs: [{ categoryGroup: 'allLogs', enabled: true }]
    metrics: [{ category: 'AllMetrics', enabled: true }]
  }
}

output server string = registry.properties.loginServer
