using Cms.Audit;

namespace Cms.Server;

/// <summary>
/// The settings that the audit log records when a server starts. The list names what is recorded, so that a setting that
/// is added later, such as a secret, is not recorded by accident.
/// </summary>
internal static class AuditedSettings
{
    private static readonly string[] Names =
    [
        "AzureAd:ClientId",
        "AzureAd:Instance",
        "AzureAd:ManagedIdentity",
        "AzureAd:PartnerTenants",
        "AzureAd:TenantId",
        "Cms:AnonymousDocuments",
        "Cms:AnonymousIntrospection",
        "Cms:Caching",
        "Cms:Cors",
        "Cms:Cost",
        "Cms:DataProtection",
        "Cms:Database:MaxBatchSize",
        "Cms:Database:Provider",
        "Cms:Embeds",
        "Cms:Gate",
        "Cms:Limits",
        "Cms:MaxDuration",
        "Cms:Media:Store",
        "Cms:Newsroom",
        "Cms:Proxies",
        "Cms:Redis",
        "Cms:Site",
        "Cms:Streams",
        "Cms:Studio",
        "Cms:WebSub",
        "Cms:Webhooks",
    ];

    /// <summary>Returns the settings that have a value.</summary>
    public static RecordSettingsInput Of(IConfiguration configuration) =>
        new(
            Names
                .SelectMany(name => configuration.GetSection(name).AsEnumerable())
                .Where(setting => !string.IsNullOrEmpty(setting.Value))
                .ToDictionary(
                    setting => setting.Key.Replace(":", "__", StringComparison.Ordinal),
                    setting => setting.Value!,
                    StringComparer.Ordinal
                )
        );
}
