using System.Text.RegularExpressions;

namespace Cms.Server.Doctor;

/// <summary>
/// Removes secrets from what the doctor prints. Its own sentences have none, but the messages of libraries can repeat a
/// setting.
/// </summary>
internal sealed partial class Redaction
{
    // Shorter values occur in ordinary words.
    private const int Shortest = 4;

    private static readonly string[] Sections =
    [
        "AzureAd",
        "Auth",
        "Cms",
        "ConnectionStrings",
        "Kestrel",
        "APPLICATIONINSIGHTS_CONNECTION_STRING",
        "OTEL_EXPORTER_OTLP_HEADERS",
    ];

    private static readonly char[] Separators = [';', ','];

    private readonly List<string> _secrets;

    public Redaction(IConfiguration configuration) =>
        _secrets = [
            .. Sections
                .SelectMany(section => configuration.GetSection(section).AsEnumerable())
                .Where(setting => setting.Value is not null && IsSecret(setting.Key))
                .SelectMany(setting => Parts(setting.Value!).Append(setting.Value!))
                .Where(secret => secret.Length >= Shortest)
                .Distinct(StringComparer.Ordinal)
                .OrderByDescending(secret => secret.Length),
        ];

    /// <summary>Returns the text without secrets.</summary>
    public string Apply(string text)
    {
        foreach (var secret in _secrets)
        {
            text = text.Replace(secret, "…", StringComparison.Ordinal);
        }

        return Signature.Replace(UserInfo.Replace(text, "://…@"), "${name}=…");
    }

    private static bool IsSecret(string key) =>
        key.StartsWith("ConnectionStrings:", StringComparison.OrdinalIgnoreCase) || SecretName.IsMatch(key);

    // The values of a connection string's secret parts.
    private static IEnumerable<string> Parts(string value) =>
        value
            .Split(Separators)
            .Select(part => part.Split('=', 2))
            .Where(part => part.Length == 2 && SecretName.IsMatch(part[0]))
            .Select(part => part[1].Trim().Trim('"', '\''));

    [GeneratedRegex(
        "secret|password|pwd|key$|token|connection.?string|signature|headers",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture
    )]
    private static partial Regex SecretName { get; }

    [GeneratedRegex("://[^/\\s@]+@", RegexOptions.ExplicitCapture)]
    private static partial Regex UserInfo { get; }

    [GeneratedRegex(
        "\\b(?<name>sig|signature|code|access_token|password|pwd|accountkey)=[^&;,\\s]+",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Signature { get; }
}
