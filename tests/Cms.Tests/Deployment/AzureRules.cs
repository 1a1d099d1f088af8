using System.Text.RegularExpressions;
using Cms.Media.Blobs;

namespace Cms.Tests.Deployment;

/// <summary>
/// What every deployment to Azure must be: encrypted, watched, without keys, and with no more rights than needed.
/// </summary>
internal static partial class AzureRules
{
    // The value that each resource of a type must have.
    private static readonly (string Type, string Path, string Value)[] Required =
    [
        ("Microsoft.Storage/storageAccounts", "properties.allowBlobPublicAccess", "false"),
        ("Microsoft.Storage/storageAccounts", "properties.allowSharedKeyAccess", "false"),
        ("Microsoft.Storage/storageAccounts", "properties.minimumTlsVersion", "TLS1_2"),
        ("Microsoft.Storage/storageAccounts", "properties.supportsHttpsTrafficOnly", "true"),
        ("Microsoft.Storage/storageAccounts", "properties.defaultToOAuthAuthentication", "true"),
        ("Microsoft.Storage/storageAccounts", "properties.allowCrossTenantReplication", "false"),
        ("Microsoft.Storage/storageAccounts/blobServices", "properties.deleteRetentionPolicy.enabled", "true"),
        ("Microsoft.Storage/storageAccounts/blobServices", "properties.containerDeleteRetentionPolicy.enabled", "true"),
        ("Microsoft.Storage/storageAccounts/blobServices/containers", "properties.publicAccess", "None"),
        ("Microsoft.Sql/servers", "properties.minimalTlsVersion", "1.2"),
        ("Microsoft.Sql/servers", "properties.administrators.azureADOnlyAuthentication", "true"),
        ("Microsoft.Sql/servers/azureADOnlyAuthentications", "properties.azureADOnlyAuthentication", "true"),
        ("Microsoft.Cache/redisEnterprise", "properties.minimumTlsVersion", "1.2"),
        ("Microsoft.Cache/redisEnterprise/databases", "properties.accessKeysAuthentication", "Disabled"),
        ("Microsoft.Cache/redisEnterprise/databases", "properties.clientProtocol", "Encrypted"),
        ("Microsoft.ContainerRegistry/registries", "properties.adminUserEnabled", "false"),
        ("Microsoft.ContainerRegistry/registries", "properties.anonymousPullEnabled", "false"),
        ("Microsoft.KeyVault/vaults", "properties.enableRbacAuthorization", "true"),
        ("Microsoft.KeyVault/vaults", "properties.enableSoftDelete", "true"),
        ("Microsoft.KeyVault/vaults", "properties.enablePurgeProtection", "true"),
        ("Microsoft.OperationalInsights/workspaces", "properties.features.disableLocalAuth", "true"),
        ("Microsoft.Insights/components", "properties.DisableLocalAuth", "true"),
        ("Microsoft.App/managedEnvironments", "properties.appLogsConfiguration.destination", "azure-monitor"),
        ("Microsoft.App/containerApps", "properties.configuration.activeRevisionsMode", "Single"),
        ("Microsoft.App/containerApps", "properties.configuration.ingress.allowInsecure", "false"),
        ("Microsoft.App/containerApps", "properties.configuration.ingress.targetPort", "8080"),
        ("Microsoft.App/containerApps", "properties.configuration.ingress.stickySessions.affinity", "none"),
        ("Microsoft.App/containerApps", "identity.type", "UserAssigned"),
        ("Microsoft.App/jobs", "properties.configuration.triggerType", "Manual"),
        ("Microsoft.App/jobs", "identity.type", "UserAssigned"),
    ];

    // Resources of these types send diagnostics. Those of all other types have none to send.
    private static readonly string[] Diagnosed =
    [
        "Microsoft.App/containerApps",
        "Microsoft.App/jobs",
        "Microsoft.App/managedEnvironments",
        "Microsoft.Cache/redisEnterprise",
        "Microsoft.Cache/redisEnterprise/databases",
        "Microsoft.ContainerRegistry/registries",
        "Microsoft.KeyVault/vaults",
        "Microsoft.Network/virtualNetworks",
        "Microsoft.OperationalInsights/workspaces",
        "Microsoft.Sql/servers/databases",
        "Microsoft.Storage/storageAccounts/blobServices",
    ];

    private static readonly string[] Silent =
    [
        "Microsoft.Authorization/roleAssignments",
        "Microsoft.Cache/redisEnterprise/databases/accessPolicyAssignments",
        // It is where diagnostics arrive. Its own are those of the workspace.
        "Microsoft.Insights/components",
        "Microsoft.Insights/diagnosticSettings",
        "Microsoft.ManagedIdentity/userAssignedIdentities",
        "Microsoft.Network/privateDnsZones",
        "Microsoft.Network/privateDnsZones/virtualNetworkLinks",
        "Microsoft.Network/privateEndpoints",
        "Microsoft.Network/privateEndpoints/privateDnsZoneGroups",
        "Microsoft.Resources/resourceGroups",
        // Its events are those of its database.
        "Microsoft.Sql/servers",
        "Microsoft.Sql/servers/azureADOnlyAuthentications",
        "Microsoft.Sql/servers/databases/backupShortTermRetentionPolicies",
        "Microsoft.Sql/servers/firewallRules",
        // Its events are those of its blobs.
        "Microsoft.Storage/storageAccounts",
        "Microsoft.Storage/storageAccounts/blobServices/containers",
        "Microsoft.Storage/storageAccounts/managementPolicies",
    ];

    private static readonly string[] Forbidden =
    [
        "listKeys",
        "listSecrets",
        "listCredentials",
        "listAccountSas",
        "securestring",
        "secureObject",
        "administratorLoginPassword",
        "AccountKey=",
        "Password=",
        "Pwd=",
        "logAnalyticsConfiguration",
        "accessPolicies",
    ];

    /// <summary>Returns what is wrong with a template.</summary>
    public static IEnumerable<string> Faults(AzureTemplate template) =>
        Values(template)
            .Concat(Diagnostics(template))
            .Concat(Secrets(template))
            .Concat(Media(template))
            .Concat(Containers(template));

    /// <summary>Returns who gets which role, where.</summary>
    public static IEnumerable<string> Roles(AzureTemplate template) =>
        template
            .Of("Microsoft.Authorization/roleAssignments")
            .SelectMany(role =>
            {
                var variable = Name().Match(role.Text("properties.roleDefinitionId")!).Value;
                var id = Id().Match(template.VariableOf(role.Module, variable)).Value;
                var principal = Name().Match(role.Text("properties.principalId")!).Value;
                return Principal()
                    .Matches(template.ParameterOf(role.Module, principal))
                    .Select(match =>
                        $"{match.Groups["it"].Value}: {role.Text("properties.description")} ({id}) in {role.Module}"
                    );
            });

    private static IEnumerable<string> Values(AzureTemplate template) =>
        Required.SelectMany(rule =>
        {
            var resources = template.Of(rule.Type).ToList();
            return resources.Count == 0
                ? [$"{rule.Type} is missing"]
                : resources
                    .Where(resource => resource.Text(rule.Path) != rule.Value)
                    .Select(resource => $"{rule.Type}: {rule.Path} is {resource.Text(rule.Path)}, not {rule.Value}");
        });

    private static IEnumerable<string> Diagnostics(AzureTemplate template)
    {
        var scopes = template
            .Of("Microsoft.Insights/diagnosticSettings")
            .Where(setting => setting.Text("properties.workspaceId") is not null)
            .Select(setting =>
                (setting.Module, Type: ResourceType().Match(setting.Text("scope") ?? "").Groups["it"].Value)
            )
            .ToHashSet();
        foreach (var resource in template.Resources)
        {
            if (Diagnosed.Contains(resource.Type, StringComparer.Ordinal))
            {
                if (!scopes.Contains((resource.Module, resource.Type)))
                {
                    yield return $"{resource.Type} sends no diagnostics";
                }
            }
            else if (!Silent.Contains(resource.Type, StringComparer.Ordinal))
            {
                yield return $"{resource.Type} is new: decide whether it sends diagnostics";
            }
        }
    }

    private static IEnumerable<string> Secrets(AzureTemplate template)
    {
        foreach (var word in Forbidden.Where(word => template.Text.Contains(word, StringComparison.OrdinalIgnoreCase)))
        {
            yield return $"The template contains {word}";
        }

        foreach (
            var app in template.Resources.Where(resource =>
                resource.Type.StartsWith("Microsoft.App/", StringComparison.Ordinal)
            )
        )
        {
            if (
                app.Json.GetProperty("properties").TryGetProperty("configuration", out var configuration)
                && configuration.TryGetProperty("secrets", out var secrets)
                && secrets
                    .EnumerateArray()
                    .Any(secret =>
                        secret.TryGetProperty("value", out _) || !secret.TryGetProperty("keyVaultUrl", out _)
                    )
            )
            {
                yield return $"{app.Type} contains a secret instead of the address of one in the vault";
            }
        }
    }

    private static IEnumerable<string> Media(AzureTemplate template)
    {
        var container = template.Of("Microsoft.Storage/storageAccounts/blobServices/containers").Single();
        var name = ResourceName().Match(container.Text("name")!).Groups["it"].Value;
        var lifecycle = template.Of("Microsoft.Storage/storageAccounts/managementPolicies").Single().Json.GetRawText();
        if (!lifecycle.Contains($"\"{name}/{BlobKey.Quarantined}\"", StringComparison.Ordinal))
        {
            yield return "Nothing removes old files in quarantine";
        }

        // Originals and renditions are never removed by age.
        if (Prefix().Count(lifecycle) != 1)
        {
            yield return "The lifecycle removes more than files in quarantine";
        }

        var cors = template
            .Of("Microsoft.Storage/storageAccounts/blobServices")
            .Single()
            .Text("properties.cors.corsRules")!;
        if (
            !AllowedMethods().IsMatch(cors)
            || !cors.Contains("\"[parameters('origins')]\"", StringComparison.Ordinal)
            || template.ParameterOf("storage", "origins").Contains('*', StringComparison.Ordinal)
        )
        {
            yield return "CORS allows more than PUT from the origins of the newsroom";
        }
    }

    private static IEnumerable<string> Containers(AzureTemplate template)
    {
        var app = template.Of("Microsoft.App/containerApps").Single();
        var container = app.Json.GetProperty("properties").GetProperty("template").GetProperty("containers")[0];
        var probes = container
            .GetProperty("probes")
            .EnumerateArray()
            .Select(probe =>
                $"{probe.GetProperty("type")} {probe.GetProperty("httpGet").GetProperty("path")} {probe.GetProperty("httpGet").GetProperty("port")}"
            );
        if (
            !probes.SequenceEqual([
                "Startup /healthz/live 8080",
                "Liveness /healthz/live 8080",
                "Readiness /healthz/ready 8080",
            ])
        )
        {
            yield return "The app is not probed as docs/operations/deploy.md says";
        }

        var job = template.Of("Microsoft.App/jobs").Single().Json.GetProperty("properties").GetProperty("template");
        var arguments = job.GetProperty("containers")[0].GetProperty("args").EnumerateArray();
        if (arguments.Select(argument => argument.GetString()) is var words && !words.SequenceEqual(["migrate"]))
        {
            yield return "The job does not migrate";
        }

        // Each identity is used in one place: the app by the app, and the migration by the job.
        if (template.ParameterOf("migration", "identity") != "[reference('identities').outputs.migration.value]")
        {
            yield return "The job does not use the identity of migrations";
        }
    }

    [GeneratedRegex(@"(?<=\[(?:parameters|variables)\(')\w+")]
    private static partial Regex Name();

    [GeneratedRegex("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")]
    private static partial Regex Id();

    [GeneratedRegex(@"reference\('identities'\)\.outputs\.(?<it>\w+)\.value\.principalId")]
    private static partial Regex Principal();

    [GeneratedRegex(@"resourceId\('(?<it>[^']+)'")]
    private static partial Regex ResourceType();

    [GeneratedRegex(@"'(?<it>\w+)'\)\]$")]
    private static partial Regex ResourceName();

    [GeneratedRegex("prefixMatch")]
    private static partial Regex Prefix();

    [GeneratedRegex(@"""allowedMethods"":\s*\[\s*""PUT""\s*\]")]
    private static partial Regex AllowedMethods();
}
