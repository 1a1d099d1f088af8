using Cms.GraphQL;

namespace Cms.Server.Access;

/// <summary>The other origins whose pages may use the API. Setting: <c>Cms__Cors__AllowedOrigins</c>.</summary>
internal sealed class AllowedOrigins
{
    private static readonly char[] Separators = [',', ';', ' '];

    private readonly HashSet<string> _named;
    private readonly bool _allowsThisMachine;

    private AllowedOrigins(IEnumerable<string> named, bool allowsThisMachine)
    {
        _named = named.ToHashSet(StringComparer.OrdinalIgnoreCase);
        _allowsThisMachine = allowsThisMachine;
    }

    /// <summary>Whether any other origin is allowed.</summary>
    public bool HasAny => _allowsThisMachine || _named.Count > 0;

    /// <param name="configuration">The settings. The older <c>Cms__Streams__AllowedOrigins</c> is also read.</param>
    /// <param name="isDevelopment">Whether to allow pages from any port of this machine too.</param>
    /// <exception cref="CannotStartException">An origin is not in the form that browsers send.</exception>
    public static AllowedOrigins Read(IConfiguration configuration, bool isDevelopment) =>
        new([.. Named(configuration, "Cors"), .. Named(configuration, "Streams")], isDevelopment);

    public bool Has(string origin) => _named.Contains(origin) || (_allowsThisMachine && IsThisMachine(origin));

    private static IEnumerable<string> Named(IConfiguration configuration, string section)
    {
        var setting = configuration.GetSection($"Cms:{section}:AllowedOrigins");
        var name = $"Cms__{section}__AllowedOrigins";
        return
        [
            .. (setting.Value ?? "")
                .Split(Separators, StringSplitOptions.RemoveEmptyEntries)
                .Select(origin => Checked(name, origin)),
            .. setting.GetChildren().Select(one => Checked($"{name}__{one.Key}", one.Value ?? "")),
        ];
    }

    private static string Checked(string name, string origin)
    {
        if (
            !Uri.TryCreate(origin, UriKind.Absolute, out var address)
            || (address.Scheme != Uri.UriSchemeHttps && address.Scheme != Uri.UriSchemeHttp)
        )
        {
            throw new CannotStartException(
                $"{name} is \"{origin}\", which is not an origin: set it to a scheme, a host and, unless it is the default, a port, such as https://news.example or http://localhost:3000."
            );
        }

        var written = Written(address);
        return origin.Equals(written, StringComparison.OrdinalIgnoreCase)
            ? origin
            : throw new CannotStartException(
                $"{name} is \"{origin}\", but browsers send an origin without a path, a user or the default port: set it to {written}."
            );
    }

    private static bool IsThisMachine(string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var address)
        && address.Scheme == Uri.UriSchemeHttp
        && address.Host is "localhost" or "127.0.0.1"
        && origin == Written(address);

    // The form of the Origin header (RFC 6454 §6.2).
    private static string Written(Uri address) =>
        address.IsDefaultPort
            ? $"{address.Scheme}://{HostOf(address)}"
            : FormattableString.Invariant($"{address.Scheme}://{HostOf(address)}:{address.Port}");

    private static string HostOf(Uri address) =>
        address.HostNameType is UriHostNameType.IPv6 ? address.Host : address.IdnHost;
}
