using Azure.Core;
using Azure.Identity;
using Cms.Articles.Gate;
using Cms.Body;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.GraphQL.Documents;
using Cms.GraphQL.Execution;
using Cms.People;
using Cms.Redis;
using Cms.Server.Articles;
using Cms.Server.GraphQL;
using Cms.Server.Media;
using Cms.Sqlite;
using Cms.SqlServer;
using Cms.Webhooks;

namespace Cms.Server;

/// <summary>
/// The operator's settings, from appsettings.json, the environment (<c>Cms__DataDirectory</c>) or the command line.
/// </summary>
public sealed record CmsSettings
{
    /// <summary>The folder for all files that the server stores.</summary>
    public string DataDirectory { get; init; } = "./data";

    public DatabaseSettings Database { get; init; } = new();

    /// <summary>The file of the SQLite database.</summary>
    internal string DatabaseFile => Path.GetFullPath(Path.Combine(DataDirectory, "cms.db"));

    /// <summary>Whether the content is stored in SQLite.</summary>
    internal bool UsesSqlite => Database.Provider.Equals("Sqlite", StringComparison.OrdinalIgnoreCase);

    /// <summary>The folder of the media store on disk. Azure Blob Storage does not use it.</summary>
    internal string MediaFolder => Path.GetFullPath(Media.Folder ?? Path.Combine(DataDirectory, "media"));

    public DataProtectionSettings DataProtection { get; init; } = new();

    /// <summary>The front end's addresses of articles, tools, categories, tags, sources and authors. The slug replaces <c>{slug}</c>.</summary>
    public SiteAddresses Site { get; init; } = new();

    public EmbedSettings Embeds { get; init; } = new();

    public NewsroomSettings Newsroom { get; init; } = new();
    public StudioSettings Studio { get; init; } = new();

    public CachingSettings Caching { get; init; } = new();

    /// <summary>Which documents callers may send without signing in.</summary>
    public AcceptedDocuments AnonymousDocuments { get; init; }

    /// <summary>The maximum duration of one operation.</summary>
    public TimeSpan MaxDuration { get; init; } = EngineSettings.DefaultDuration;

    /// <summary>Operations that take at least this long are logged; 0 means none.</summary>
    public TimeSpan SlowOperation { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Whether callers may use introspection without signing in; by default only in Development.</summary>
    public bool? AnonymousIntrospection { get; init; }

    public LimitSettings Limits { get; init; } = new();

    /// <summary>What servers share, if <c>ConnectionStrings__Redis</c> is set.</summary>
    public RedisSettings Redis { get; init; } = new();

    /// <summary>
    /// The addresses and networks of proxies, and of sites that run alone, separated by commas. Their
    /// <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c> are trusted.
    /// </summary>
    public string? Proxies { get; init; }

    public StreamSettings Streams { get; init; } = new();

    /// <summary>The maximum cost of one operation, by kind of caller.</summary>
    public CostLimits Cost { get; init; } = new();

    public MediaSettings Media { get; init; } = new();

    /// <summary>What is checked before an article is published.</summary>
    public GateSettings Gate { get; init; } = new();

    public WebhookSettings Webhooks { get; init; } = new();

    /// <summary>The share of a read's steps that pause in tests, from 0 to 1. Not allowed in Production.</summary>
    public double ForcedPauses { get; init; }

    public DevIdentitySettings DevIdentity { get; init; } = new();

    /// <summary>Whether to import the sample newsroom into an empty database; by default only in Development.</summary>
    public bool? SampleNewsroom { get; init; }

    /// <exception cref="CannotStartException">A setting cannot be read.</exception>
    public static CmsSettings Read(IConfiguration configuration)
    {
        GateConfiguration.Verify(configuration.GetSection("Cms:Gate"));
        try
        {
            var settings = configuration.GetSection("Cms").Get<CmsSettings>() ?? new CmsSettings();
            settings.Gate.Verify();
            return settings;
        }
        catch (InvalidOperationException unreadable)
        {
            throw new CannotStartException(
                $"A setting under Cms__ cannot be read: {unreadable.Message.TrimEnd('.')}. Correct it and restart.",
                unreadable
            );
        }
    }

    // Azure.Identity caches the token until shortly before it expires.
    private static Func<string> RedisToken()
    {
        var identity = new DefaultAzureCredential();
        var scope = new TokenRequestContext(["https://redis.azure.com/.default"]);
        return () => identity.GetToken(scope, CancellationToken.None).Token;
    }

    /// <exception cref="CannotStartException">The provider or the connection string is not valid.</exception>
    public void AddDatabase(IServiceCollection services, IConfiguration configuration)
    {
        var connectionString = configuration.GetConnectionString("Cms");
        switch (Database.Provider.ToUpperInvariant())
        {
            case "SQLITE" when connectionString is null:
                services.AddCmsSqlite(DatabaseFile);
                break;
            case "SQLITE":
                throw new CannotStartException(
                    "ConnectionStrings__Cms is set but the provider is Sqlite: set Cms__Database__Provider=SqlServer, or unset the connection string."
                );
            case "SQLSERVER" when connectionString is { Length: > 0 }:
                services.AddCmsSqlServer(connectionString, Database.MaxBatchSize);
                break;
            case "SQLSERVER":
                throw new CannotStartException(
                    "Cms__Database__Provider is SqlServer but there is no connection string: set ConnectionStrings__Cms."
                );
            default:
                throw new CannotStartException(
                    $"Cms__Database__Provider is {Database.Provider}: set it to Sqlite or SqlServer."
                );
        }
    }

    /// <summary>Adds what servers share through Redis, if a connection string is set.</summary>
    /// <exception cref="CannotStartException">The connection string cannot be read.</exception>
    public void AddSharing(IServiceCollection services, IConfiguration configuration)
    {
        if (configuration.GetConnectionString("Redis") is { Length: > 0 } connectionString)
        {
            services.AddCmsRedis(connectionString, Redis, RedisToken());
        }
    }
}

public sealed record EmbedSettings
{
    private static readonly char[] Separators = [',', ';', ' '];

    /// <summary>The sites whose pages articles can embed, separated by commas; null for the usual ones.</summary>
    public string? Hosts { get; init; }

    /// <exception cref="CannotStartException">An entry is not a host name.</exception>
    internal EmbedHosts ToHosts()
    {
        if (Hosts is null)
        {
            return EmbedHosts.Default;
        }

        var hosts = Hosts.Split(Separators, StringSplitOptions.RemoveEmptyEntries);
        return EmbedHosts.Of(hosts)
            ?? throw new CannotStartException(
                $"Cms__Embeds__Hosts contains \"{Array.Find(hosts, host => EmbedHosts.Of([host]) is null)}\", which is not a host name: set it to names without a scheme, a port or a path, such as www.youtube.com, vimeo.com."
            );
    }
}

/// <summary>The interface for staff.</summary>
public sealed record StudioSettings
{
    /// <summary>Whether the server shows the Studio. It also needs sign-in.</summary>
    public bool Enabled { get; init; } = true;
}

public sealed record NewsroomSettings
{
    /// <summary>The zone in which the newsroom plans: a name in the IANA database, such as Europe/Berlin.</summary>
    public string TimeZone { get; init; } = "UTC";

    /// <exception cref="CannotStartException">The name is not in the database.</exception>
    internal NewsroomTime ToTime()
    {
        try
        {
            return new NewsroomTime(TimeZone);
        }
        catch (Exception fault) when (fault is TimeZoneNotFoundException or InvalidTimeZoneException)
        {
            throw new CannotStartException(
                $"Cms__Newsroom__TimeZone is {TimeZone}, which this machine does not know: set it to an IANA name such as Europe/Berlin, and check that time zone data (tzdata) is installed.",
                fault
            );
        }
    }
}

public sealed record DatabaseSettings
{
    /// <summary><c>Sqlite</c> or <c>SqlServer</c>.</summary>
    public string Provider { get; init; } = "Sqlite";

    /// <summary>The maximum number of statements per batch to SQL Server; null for EF Core's default.</summary>
    public int? MaxBatchSize { get; init; }
}

/// <summary>How the keys are protected that protect cookies and the secrets in the database.</summary>
public sealed record DataProtectionSettings
{
    /// <summary>
    /// The address of a certificate in Azure Key Vault that encrypts the keys, such as
    /// <c>https://vault.vault.azure.net/certificates/data-protection</c>.
    /// </summary>
    public string? Certificate { get; init; }
}

public sealed record DevIdentitySettings
{
    /// <summary>Where people sign in during development: an http address of this machine.</summary>
    public string Url { get; init; } = "http://127.0.0.1:5081";
}
