// Images. The container is private; browsers upload with a signature that is valid for one file and ten minutes.
@minLength(13)
param token string
param location string
param tags object
param zoneRedundant bool

@description('The origins of the pages that send files.')
param origins string[]
param writerId string
param workspaceId string

resource account 'Microsoft.Storage/storageAccounts@2024-01-01' = {
  name: 'st${token}'
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: zoneRedundant ? 'Standard_ZRS' : 'Standard_LRS' }
  properties: {
    accessTier: 'Hot'
    allowBlobPublicAccess: false
    allowSharedKeyAccess: false
    allowCrossTenantReplication: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    // Browsers send files here, also with a private network.
    publicNetworkAccess: 'Enabled'
  }

  resource blobs 'blobServices' = {
    name: 'default'
    properties: {
      deleteRetentionPolicy: { enabled: true, days: 30 }
      containerDeleteRetentionPolicy: { enabled: true, days: 30 }
      cors: {
        corsRules: [
          {
            allowedOrigins: origins
            allowedMethods: ['PUT']
            allowedHeaders: ['*']
            exposedHeaders: []
            maxAgeInSeconds: 3600
          }
        ]
      }
    }

    resource media 'containers' = {
      name: 'media'
      properties: { publicAccess: 'None' }
    }
  }

  // The server removes uploads that nobody finished after a day. This removes what it could not.
  resource lifecycle 'managementPolicies' = {
    name: 'default'
    properties: {
      policy: {
        rules: [
          {
            name: 'quarantine'
            enabled: true
            type: 'Lifecycle'
            definition: {
              filters: { blobTypes: ['blockBlob'], prefixMatch: ['media/q/'] }
              actions: { baseBlob: { delete: { daysAfterCreationGreaterThan: 7 } } }
            }
          }
        ]
      }
    }
    dependsOn: [blobs]
  }
}

var contributor = subscriptionResourceId(
  'Microsoft.Authorization/roleDefinitions',
  'ba92f5b4-2d11-453d-a403-e96b0029c9fe'
)
var delegator = subscriptionResourceId(
  'Microsoft.Authorization/roleDefinitions',
  'db58b8e5-c6ad-4a2a-8342-4190687cbf4a'
)

resource writer 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: account
  name: guid(account.id, writerId, contributor)
  properties: {
    description: 'Storage Blob Data Contributor'
    principalId: writerId
    principalType: 'ServicePrincipal'
    roleDefinitionId: contributor
  }
}

// Signs the addresses to which browsers send files.
resource signer 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: account
  name: guid(account.id, writerId, delegator)
  properties: {
    description: 'Storage Blob Delegator'
    principalId: writerId
    principalType: 'ServicePrincipal'
    roleDefinitionId: delegator
  }
}

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: account::blobs
  name: 'to-workspace'
  properties: {
    workspaceId: workspaceId
    logs: [{ categoryGroup: 'audit', enabled: true }]
    metrics: [{ category: 'Transaction', enabled: true }]
  }
}

output accountId string = account.id
output blobEndpoint string = account.properties.primaryEndpoints.blob
output container string = account::blobs::media.name
