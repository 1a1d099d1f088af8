// The app. azd deploys this file with each new image, after the hook that migrates the database.

@description('The image, with its registry and tag.')
@minLength(1)
param image string

param location string = resourceGroup().location
param appName string
param environmentName string
param workspaceId string

@description('The resource id of the identity of the app.')
param identityId string
param identityClientId string
param identityPrincipalId string
param registryServer string
param databaseServer string
param databaseName string
param blobEndpoint string
param blobContainer string
param vaultUri string
param insightsConnection string = ''

@description('The host and port of Redis. Empty: the servers look for changes every second.')
param redisHost string = ''
param redisPort string = ''

@description('The public address of the newsroom, such as https://news.example.')
param origin string

@description('The application "Cms API" in Entra ID. Empty: nobody can sign in.')
param apiClientId string = ''

@description('Whether the server shows the reader site.')
param site bool = true

@minValue(2)
@maxValue(10)
param minReplicas int = 2

@minValue(2)
@maxValue(10)
param maxReplicas int = 10

@description('The number of requests at the same time, for each replica, above which another replica starts.')
@minValue(10)
param concurrentRequests int = 100

@description('The public host name. Empty: the name that Azure gives.')
param customDomain string = ''

@description('The resource id of the certificate for the public host name. Empty until a hook has made it.')
param customDomainCertificateId string = ''

@description('More settings of the server, such as { Cms__Newsroom__TimeZone: \'Europe/Berlin\' }. No secrets.')
param settings object = {}

var signIn = empty(apiClientId)
  ? []
  : [
      { name: 'AzureAd__TenantId', value: tenant().tenantId }
      { name: 'AzureAd__ClientId', value: apiClientId }
      { name: 'AzureAd__ManagedIdentity', value: identityClientId }
    ]
var redis = empty(redisHost)
  ? []
  : [
      { name: 'ConnectionStrings__Redis', value: '${redisHost}:${redisPort},ssl=true' }
      { name: 'Cms__Redis__Identity', value: identityPrincipalId }
    ]
var telemetry = empty(insightsConnection)
  ? []
  : [
      { name: 'APPLICATIONINSIGHTS_CONNECTION_STRING', value: insightsConnection }
      { name: 'APPLICATIONINSIGHTS_AUTHENTICATION_STRING', value: 'Authorization=AAD' }
    ]
var more = map(items(settings), setting => { name: setting.key, value: string(setting.value) })

resource environment 'Microsoft.App/managedEnvironments@2025-01-01' existing = {
  name: environmentName
}

resource app 'Microsoft.App/containerApps@2025-01-01' = {
  name: appName
  location: location
  tags: { 'azd-service-name': 'cms' }
  identity: { type: 'UserAssigned', userAssignedIdentities: { '${identityId}': {} } }
  properties: {
    environmentId: environment.id
    workloadProfileName: 'Consumption'
    configuration: {
      // The old revision keeps all requests until the new one is ready.
      activeRevisionsMode: 'Single'
      registries: [{ server: registryServer, identity: identityId }]
      secrets: [
        {
          name: 'media-signing-key'
          keyVaultUrl: '${vaultUri}secrets/media-signing-key'
          identity: identityId
        }
      ]
      ingress: {
        external: true
        targetPort: 8080
        transport: 'auto'
        allowInsecure: false
        stickySessions: { affinity: 'none' }
        customDomains: empty(customDomain)
          ? []
          : [
              empty(customDomainCertificateId)
                ? { name: customDomain, bindingType: 'Disabled' }
                : { name: customDomain, bindingType: 'SniEnabled', certificateId: customDomainCertificateId }
            ]
      }
    }
    template: {
      terminationGracePeriodSeconds: 30
      containers: [
        {
          name: 'cms'
          image: image
          resources: { cpu: json('1.0'), memory: '2Gi' }
          env: concat(
            [
              // Only the ingress of the environment can reach the app.
              { name: 'ASPNETCORE_FORWARDEDHEADERS_ENABLED', value: 'true' }
              { name: 'AZURE_CLIENT_ID', value: identityClientId }
              { name: 'Cms__DataDirectory', value: '/data' }
              { name: 'Cms__Database__Provider', value: 'SqlServer' }
              {
                name: 'ConnectionStrings__Cms'
                value: 'Server=tcp:${databaseServer},1433;Database=${databaseName};Authentication=Active Directory Managed Identity;User Id=${identityClientId};Encrypt=True'
              }
              { name: 'Cms__DataProtection__Certificate', value: '${vaultUri}certificates/data-protection' }
              { name: 'Cms__Media__Store', value: 'Azure' }
              { name: 'Cms__Media__Azure__ServiceUri', value: blobEndpoint }
              { name: 'Cms__Media__Azure__Container', value: blobContainer }
              { name: 'Cms__Media__PublicUrl', value: origin }
              { name: 'Cms__Media__SigningKey', secretRef: 'media-signing-key' }
              { name: 'Cms__Site__Enabled', value: site ? 'true' : 'false' }
              { name: 'Cms__Site__Origin', value: origin }
            ],
            signIn,
            redis,
            telemetry,
            more
          )
          probes: [
            {
              type: 'Startup'
              httpGet: { path: '/healthz/live', port: 8080 }
              periodSeconds: 10
              failureThreshold: 10
              timeoutSeconds: 5
            }
            {
              type: 'Liveness'
              httpGet: { path: '/healthz/live', port: 8080 }
              periodSeconds: 10
              failureThreshold: 3
              timeoutSeconds: 5
            }
            {
              type: 'Readiness'
              httpGet: { path: '/healthz/ready', port: 8080 }
              periodSeconds: 5
              failureThreshold: 3
              timeoutSeconds: 5
            }
          ]
          volumeMounts: [{ volumeName: 'data', mountPath: '/data' }]
        }
      ]
      scale: {
        minReplicas: minReplicas
        maxReplicas: maxReplicas
        rules: [
          { name: 'requests', http: { metadata: { concurrentRequests: string(concurrentRequests) } } }
        ]
      }
      volumes: [{ name: 'data', storageType: 'EmptyDir' }]
    }
  }
}

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: app
  name: 'to-workspace'
  properties: {
    workspaceId: workspaceId
    metrics: [{ category: 'AllMetrics', enabled: true }]
  }
}

output CMS_URL string = origin
