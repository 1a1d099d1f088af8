using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.StaticFiles;

namespace Cms.Site.Layout;

/// <summary>The addresses of the files that a page uses. They contain a hash, so that browsers can keep the files forever.</summary>
/// <param name="Stylesheet">The stylesheet, with the colours of the panel.</param>
/// <param name="Folder">The folder of the scripts and fonts, without a trailing slash.</param>
public sealed record AssetAddresses(string Stylesheet, string Folder);

/// <summary>The stylesheet, scripts and fonts of the site.</summary>
public sealed partial class SiteAssets
{
    private const string Prefix = "assets/";
    private const string Sheet = "site.css";
    private const string Icon = "icon.svg";
    private const string Worker = "service-worker.js";

    // The colours of the panel seldom change, so old sheets are forgotten only when there are many.
    private const int MaxSheets = 50;

    private static readonly FileExtensionContentTypeProvider Types = new();

    private readonly SiteSettings _settings;
    private readonly FrozenDictionary<string, byte[]> _files;
    private readonly string _version;

    // It comes last and as it is: it may replace every rule, and its author knows why it is written so.
    private readonly string _added = "";
    private readonly byte[] _worker;
    private readonly string _base;
    private readonly ConditionalWeakTable<byte[], string> _hashes = [];
    private readonly ConcurrentDictionary<string, byte[]> _sheets = new(StringComparer.Ordinal);

    private LastSheet? _last;

    public SiteAssets(SiteSettings settings)
    {
        _settings = settings;
        var files = ReadFiles();
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

        _files = files.ToFrozenDictionary(StringComparer.Ordinal);
        _version = HashOf([.. _files.OrderBy(file => file.Key, StringComparer.Ordinal).SelectMany(file => file.Value)]);
        _worker = MakeWorker();
        _base = Small(Encoding.UTF8.GetString(_files[Sheet]));
    }

    // The worker changes when any file does, so that browsers replace it and its caches.
    private byte[] MakeWorker() =>
        Encoding.UTF8.GetBytes(
            Encoding
                .UTF8.GetString(_files[Worker])
                .Replace("[[version]]", _version, StringComparison.Ordinal)
                .Replace(
                    "[[files]]",
                    string.Join(
                        ' ',
                        _files
                            .Keys.Where(name => Path.GetExtension(name) is ".js" or ".woff2" && name != Worker)
                            .Order(StringComparer.Ordinal)
                            .Select(name => $"/assets/{_version}/{name}")
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
        var hash = HashOf(sheet);
        if (_sheets.Count >= MaxSheets && !_sheets.ContainsKey(hash))
        {
            _sheets.Clear();
        }

        _sheets.TryAdd(hash, sheet);
        AssetAddresses addresses = new($"/assets/{hash}/{Sheet}", $"/assets/{_version}");
        _last = new(shell, sheet, addresses);
        return addresses;
    }

    /// <summary>Maps the files.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/assets/{version}/{**name}", Find);
        routes.MapGet("/" + Worker, (HttpContext http) => Send(http, _worker, Worker, isFixed: false));
        routes.MapGet("/" + Icon, (HttpContext http) => Send(http, _files[Icon], Icon, isFixed: false));
        routes.MapGet("/favicon.ico", () => Results.Redirect("/" + Icon));
    }

    private byte[] SheetFor(ShellData shell) =>
        Encoding.UTF8.GetBytes(
            (_base + Small(PanelColours.Sheet(shell, _settings)) + _added).Replace(
                "{assets}",
                $"/assets/{_version}",
                StringComparison.Ordinal
            )
        );

    private IResult Find(HttpContext http, string version, string name) =>
        name == Sheet
            ? _sheets.TryGetValue(version, out var sheet)
                ? Send(http, sheet, name, isFixed: true)
                // Another server made the page. The colours of its panel are missing until the next visit.
                : Send(http, _last?.Sheet ?? SheetFor(ShellData.Empty), name, isFixed: false)
            : _files.TryGetValue(name, out var file)
                ? Send(http, file, name, version == _version)
                : Results.NotFound();

    private IResult Send(HttpContext http, byte[] bytes, string name, bool isFixed)
    {
        http.Response.Headers.CacheControl = isFixed ? "public, max-age=31536000, immutable" : "no-cache";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        return Results.Bytes(
            bytes,
            Types.TryGetContentType(name, out var type) ? type : "application/octet-stream",
            entityTag: new($"\"{_hashes.GetValue(bytes, HashOf)}\"")
        );
    }

    private static Dictionary<string, byte[]> ReadFiles()
    {
        var program = Assembly.GetExecutingAssembly();
        return program
            .GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .ToDictionary(
                name => name[Prefix.Length..].Replace('\\', '/'),
                name =>
                {
                    using var file = program.GetManifestResourceStream(name)!;
                    var bytes = new byte[file.Length];
                    file.ReadExactly(bytes);
                    return bytes;
                },
                StringComparer.Ordinal
            );
    }

    private static string HashOf(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes)[..6]);

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
