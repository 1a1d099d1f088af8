using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;

namespace Cms.Site.Layout;

/// <summary>The addresses of the files that a page uses. They contain a hash, so that browsers can keep the files forever.</summary>
/// <param name="Stylesheet">The stylesheet, with the colours of the panel.</param>
/// <param name="Folder">The folder of the scripts and fonts, without a trailing slash.</param>
public sealed record AssetAddresses(string Stylesheet, string Folder);

/// <summary>The stylesheet, scripts and fonts of the site.</summary>
public sealed partial class SiteAssets
{
    private const string Sheet = "site.css";
    private const string Icon = "icon.svg";
    private const string Worker = "service-worker.js";

    // The colours of the panel seldom change, so old sheets are forgotten only when there are many.
    private const int MaxSheets = 50;

    private readonly SiteSettings _settings;
    private readonly AssetFiles _files;

    // It comes last and as it is: it may replace every rule, and its author knows why it is written so.
    private readonly string _added = "";
    private readonly byte[] _worker;
    private readonly string _base;
    private readonly ConcurrentDictionary<string, byte[]> _sheets = new(StringComparer.Ordinal);

    private LastSheet? _last;

    public SiteAssets(SiteSettings settings)
    {
        _settings = settings;
        var files = AssetFiles.Read(typeof(SiteAssets).Assembly);
        files[Icon] = Encoding.UTF8.GetBytes(
            Encoding
                .UTF8.GetString(files[Icon])
                .Replace("{accent}", PanelColours.Accent(settings), StringComparison.Ordinal)
        );
        if (settings.Stylesheet is { } sheet)
        {
            _added = File.ReadAllText(sheet);
        }

        if (settings.Logo is { } logo)
        {
            files["logo" + Path.GetExtension(logo)] = File.ReadAllBytes(logo);
        }

        _files = new(files);
        _worker = MakeWorker();
        _base = Small(Encoding.UTF8.GetString(_files.ContentOf(Sheet)));
    }

    // The worker changes when any file does, so that browsers replace it and its caches.
    private byte[] MakeWorker() =>
        Encoding.UTF8.GetBytes(
            Encoding
                .UTF8.GetString(_files.ContentOf(Worker))
                .Replace("[[version]]", _files.Version, StringComparison.Ordinal)
                .Replace(
                    "[[files]]",
                    string.Join(
                        ' ',
                        _files
                            .Names.Where(name => Path.GetExtension(name) is ".js" or ".woff2" && name != Worker)
                            .Select(name => $"/assets/{_files.Version}/{name}")
                    ),
                    StringComparison.Ordinal
                )
        );

    /// <summary>Returns the addresses for a page that shows this panel.</summary>
    public AssetAddresses For(ShellData shell)
    {
        // Answers that have not changed are the same object.
        if (_last is { } last && ReferenceEquals(last.Shell, shell))
        {
            return last.Addresses;
        }

        var sheet = SheetFor(shell);
        var hash = AssetFiles.HashOf(sheet);
        if (_sheets.Count >= MaxSheets && !_sheets.ContainsKey(hash))
        {
            _sheets.Clear();
        }

        _sheets.TryAdd(hash, sheet);
        AssetAddresses addresses = new($"/assets/{hash}/{Sheet}", $"/assets/{_files.Version}");
        _last = new(shell, sheet, addresses);
        return addresses;
    }

    /// <summary>Maps the files.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/assets/{version}/{**name}", Find);
        routes.MapGet("/" + Worker, (HttpContext http) => _files.Send(http, _worker, Worker, isFixed: false));
        routes.MapGet(
            "/" + Icon,
            (HttpContext http) => _files.Send(http, _files.ContentOf(Icon), Icon, isFixed: false)
        );
        routes.MapGet("/favicon.ico", () => Results.Redirect("/" + Icon));
    }

    private byte[] SheetFor(ShellData shell) =>
        Encoding.UTF8.GetBytes(
            (_base + Small(PanelColours.Sheet(shell, _settings)) + _added).Replace(
                "{assets}",
                $"/assets/{_files.Version}",
                StringComparison.Ordinal
            )
        );

    private IResult Find(HttpContext http, string version, string? name) =>
        name is null ? Results.NotFound()
        : name == Sheet
            ? _sheets.TryGetValue(version, out var sheet) ? _files.Send(http, sheet, name, isFixed: true)
                // Another server made the page. The colours of its panel are missing until the next visit.
                : _files.Send(http, _last?.Sheet ?? SheetFor(ShellData.Empty), name, isFixed: false)
        : _files.Find(http, version, name);

    // Removes comments and white space that browsers do not need.
    private static string Small(string css) =>
        Gap().Replace(Break().Replace(Comment().Replace(css, ""), ""), "${mark}");

    private sealed record LastSheet(ShellData Shell, byte[] Sheet, AssetAddresses Addresses);

    [GeneratedRegex(@"/\*[\s\S]*?\*/", RegexOptions.NonBacktracking)]
    private static partial Regex Comment();

    [GeneratedRegex(@"\s*\n\s*", RegexOptions.NonBacktracking)]
    private static partial Regex Break();

    [GeneratedRegex(@"\s*(?<mark>[{};,>])\s*", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Gap();
}

/// <summary>Maps the files of the site.</summary>
internal static class AssetRoutes
{
    public static void MapAssets(this WebApplication app) => app.Services.GetRequiredService<SiteAssets>().Map(app);
}
