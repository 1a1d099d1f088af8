// The job that brings the schema up to date. A hook starts it with each new image, before the app gets that image.
import { identity as Identity } from 'identities.bicep'

param token string
param location string
param tags object
param environmentId string
param identity Identity
param registryServer string
param image string
param databaseServer string
param databaseName string
param workspaceId string

// Before the first deployment there is no image of ours. The job does not run until a hook starts it.
var placeholder = 'mcr.microsoft.com/k8se/quickstart-jobs:latest'

resource job 'Microsoft.App/jobs@2025-01-01' = {
  name: 'migrate-${token}'
  location: location
  tags: tags
  identity: { type: 'UserAssigned', userAssignedIdentities: { '${identity.id}': {} } }
  properties: {
    environmentId: environmentId
    workloadProfileName: 'Consumption'
    configuration: {
      triggerType: 'Manual'
      manualTriggerConfig: { parallelism: 1, replicaCompletionCount: 1 }
      replicaTimeout: 3600
      replicaRetryLimit: 2
      registries: [{ server: registryServer, identity: identity.id }]
    }
    template: {
      containers: [
        {
          name: 'migrate'
          image: empty(image) ? placeholder : image
          args: ['migrate']
          resources: { cpu: json('0.5'), memory: '1Gi' }
          env: [
            { name: 'Cms__DataDirectory', value: '/data' }
            { name: 'Cms__Database__Provider', value: 'SqlServer' }
            {
              name: 'ConnectionStrings__Cms'
              value: 'Server=tcp:${databaseServer},1433;Database=${databaseName};Authentication=Active Directory Managed Identity;User Id=${identity.clientId};Encrypt=True'
            }
          ]
          volumeMounts: [{ volumeName: 'data', mountPath: '/data' }]
        }
      ]
      volumes: [{ name: 'data', storageType: 'EmptyDir' }]
    }
  }
}

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: job
  name: 'to-workspace'
  properties: {
    workspaceId: workspaceId
    metrics: [{ category: 'AllMetrics', enabled: true }]
  }
}

output jobName string = job.name
