// The database. Only identities of Entra ID sign in; there are no passwords.
param token string
param location string
param tags object
param zoneRedundant bool
param isPrivate bool
param tier string
param vCores int
param adminId string
param adminName string
param adminType string
param workspaceId string

resource server 'Microsoft.Sql/servers@2023-08-01' = {
  name: 'sql-${token}'
  location: location
  tags: tags
  properties: {
    minimalTlsVersion: '1.2'
    publicNetworkAccess: isPrivate ? 'Disabled' : 'Enabled'
    administrators: {
      administratorType: 'ActiveDirectory'
      azureADOnlyAuthentication: true
      login: adminName
      sid: adminId
      principalType: adminType
      tenantId: tenant().tenantId
    }
  }

  resource onlyEntra 'azureADOnlyAuthentications' = {
    name: 'Default'
    properties: { azureADOnlyAuthentication: true }
  }

  resource database 'databases' = {
    name: 'cms'
    location: location
    tags: tags
    sku: {
      name: tier == 'BusinessCritical' ? 'BC_Gen5' : 'GP_Gen5'
      tier: tier
      family: 'Gen5'
      capacity: vCores
    }
    properties: {
      zoneRedundant: zoneRedundant
      requestedBackupStorageRedundancy: zoneRedundant ? 'GeoZone' : 'Geo'
    }

    resource backups 'backupShortTermRetentionPolicies' = {
      name: 'default'
      properties: { retentionDays: 14 }
    }
  }

  // Without a private network, the app has no address of its own. This admits traffic from Azure, which must still sign in.
  resource fromAzure 'firewallRules' = if (!isPrivate) {
    name: 'AllowAllWindowsAzureIps'
    properties: { startIpAddress: '0.0.0.0', endIpAddress: '0.0.0.0' }
  }
}

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: server::database
  name: 'to-workspace'
  properties: {
    workspaceId: workspaceId
    logs: [{ categoryGroup: 'allLogs', enabled: true }]
    metrics: [{ category: 'AllMetrics', enabled: true }]
  }
}

output serverId string = server.id
output serverName string = server.name
output host string = server.properties.fullyQualifiedDomainName
output name string = server::database.name
