// Two identities: the app reads and writes content, and the migration may change the schema.
param token string
param location string
param tags object

resource app 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: 'id-cms-${token}'
  location: location
  tags: tags
}

resource migration 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: 'id-cms-migration-${token}'
  location: location
  tags: tags
}

@export()
@description('An identity, as other modules use it.')
type identity = {
  id: string
  name: string
  clientId: string
  principalId: string
}

output app identity = {
  id: app.id
  name: app.name
  clientId: app.properties.clientId
  principalId: app.properties.principalId
}
output migration identity = {
  id: migration.id
  name: migration.name
  clientId: migration.properties.clientId
  principalId: migration.properties.principalId
}
