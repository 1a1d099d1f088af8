using System.Text.RegularExpressions;
using Cms.Testing;
using Xunit;

namespace Cms.Tests.Deployment;

/// <summary>The Bicep files compile without a warning, and what they deploy is safe.</summary>
[Slow]
public sealed partial class BicepTests
{
    // Libraries and branches of the platform read these. All other variables are settings of the server.
    private static readonly string[] OfLibraries =
    [
        "APPLICATIONINSIGHTS_AUTHENTICATION_STRING",
        "APPLICATIONINSIGHTS_CONNECTION_STRING",
        "AZURE_CLIENT_ID",
    ];

    [SkippableTheory]
    [InlineData("build", "main.bicep", "--stdout")]
    [InlineData("build", "cms.bicep", "--stdout")]
    [InlineData("lint", "main.bicep")]
    [InlineData("lint", "cms.bicep")]
    [InlineData("build-params", "main.bicepparam", "--stdout")]
    [InlineData("build-params", "cms.bicepparam", "--stdout")]
    public void The_compiler_has_nothing_to_say(string command, string file, params string[] more)
    {
        var (status, _, complaints) = Bicep.Run(command, file, more);

        Assert.Equal((0, ""), (status, complaints.Trim()));
    }

    [SkippableFact]
    public void Everything_that_is_deployed_is_encrypted_watched_and_without_keys() =>
        Assert.Empty(AzureRules.Faults(Bicep.Template()));

    [SkippableTheory]
    [InlineData("\"allowSharedKeyAccess\": false", "\"allowSharedKeyAccess\": true")]
    [InlineData("\"allowBlobPublicAccess\": false", "\"allowBlobPublicAccess\": true")]
    [InlineData("\"publicAccess\": \"None\"", "\"publicAccess\": \"Blob\"")]
    [InlineData("\"minimumTlsVersion\": \"TLS1_2\"", "\"minimumTlsVersion\": \"TLS1_0\"")]
    [InlineData("\"minimalTlsVersion\": \"1.2\"", "\"minimalTlsVersion\": \"1.0\"")]
    [InlineData("\"azureADOnlyAuthentication\": true", "\"azureADOnlyAuthentication\": false")]
    [InlineData("\"accessKeysAuthentication\": \"Disabled\"", "\"accessKeysAuthentication\": \"Enabled\"")]
    [InlineData("\"adminUserEnabled\": false", "\"adminUserEnabled\": true")]
    [InlineData("\"DisableLocalAuth\": true", "\"DisableLocalAuth\": false")]
    [InlineData("\"disableLocalAuth\": true", "\"disableLocalAuth\": false")]
    [InlineData("\"enableRbacAuthorization\": true", "\"enableRbacAuthorization\": false")]
    [InlineData("\"allowInsecure\": false", "\"allowInsecure\": true")]
    [InlineData("\"affinity\": \"none\"", "\"affinity\": \"sticky\"")]
    [InlineData("[resourceId('Microsoft.KeyVault/vaults', format('kv-{0}', parameters('token')))]", "elsewhere")]
    [InlineData("media/q/", "media/")]
    [InlineData("\"PUT\"", "\"GET\"")]
    [InlineData("[parameters('origins')]", "*")]
    [InlineData("/healthz/ready", "/")]
    [InlineData("\"migrate\"\n", "\"import\"\n")]
    [InlineData("\"keyVaultUrl\"", "\"value\"")]
    [InlineData("Authentication=Active Directory Managed Identity", "Password=secret")]
    [InlineData("outputs.migration.value]", "outputs.app.value]")]
    [InlineData("\"type\": \"Microsoft.Network/privateEndpoints\"", "\"type\": \"Microsoft.Network/loadBalancers\"")]
    public void A_weaker_template_is_found_out(string part, string weaker)
    {
        var sound = Bicep.Template();
        Assert.Contains(part, sound.Text, StringComparison.Ordinal);

        Assert.NotEmpty(AzureRules.Faults(sound.With(part, weaker)));
    }

    [SkippableFact]
    public void Two_identities_have_exactly_the_roles_that_they_need()
    {
        var template = Bicep.Template();

        Assert.Equal(
            [
                "app: AcrPull (7f951dda-4ed3-4680-a7ca-43fe172d538d) in registry",
                "app: Key Vault Certificate User (db79e9a7-68ee-4b58-9aeb-b90e7c24fcba) in vault",
                "app: Monitoring Metrics Publisher (3913510d-42f4-4e42-8a64-420c390055eb) in monitoring",
                "app: Storage Blob Data Contributor (ba92f5b4-2d11-453d-a403-e96b0029c9fe) in storage",
                "app: Storage Blob Delegator (db58b8e5-c6ad-4a2a-8342-4190687cbf4a) in storage",
                "migration: AcrPull (7f951dda-4ed3-4680-a7ca-43fe172d538d) in registry",
            ],
            AzureRules.Roles(template).Order(StringComparer.Ordinal)
        );
        Assert.Equal(2, template.Of("Microsoft.ManagedIdentity/userAssignedIdentities").Count());
        Assert.Equal(
            "[reference('identities').outputs.app.value.principalId]",
            template.ParameterOf("signals", "userId")
        );
    }

    [SkippableFact]
    public void The_app_gets_only_settings_that_the_server_has_and_no_secret_by_value()
    {
        var template = Bicep.Template();
        var documented = File.ReadAllText(Path.Combine(Repository.Root, "docs", "reference", "settings.md"));
        var names = SettingInTemplate()
            .Matches(template.Text)
            .Select(match => match.Groups["it"].Value)
            .Distinct()
            .ToList();

        Assert.Contains("Cms__Site__Enabled", names);
        Assert.DoesNotContain(
            names,
            name =>
                !documented.Contains($"`{name}`", StringComparison.Ordinal)
                && !OfLibraries.Contains(name, StringComparer.Ordinal)
        );
        Assert.Contains("'Cms__Media__SigningKey', 'secretRef', ", template.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_files_use_no_modules_from_a_registry_and_no_secret_parameters()
    {
        var files = Directory
            .EnumerateFiles(Path.Combine(Repository.Root, "infra"), "*.bicep", SearchOption.AllDirectories)
            .ToList();

        Assert.True(files.Count > 10);
        Assert.DoesNotContain(files, file => FromElsewhere().IsMatch(File.ReadAllText(file)));
    }

    [GeneratedRegex(@"'(?<it>(?:Cms|AzureAd|Auth|ConnectionStrings)__\w+|[A-Z]+(?:_[A-Z]+)+)', '(?:value|secretRef)'")]
    private static partial Regex SettingInTemplate();

    [GeneratedRegex(@"'(?:br|ts)[:/]|@secure\(|@sys\.secure\(")]
    private static partial Regex FromElsewhere();
}
