using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Reflection;
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

    // The colours of the panel seldom change, so old sheets are forgotten only when there are many.
    private const int MaxSheets = 50;

    private static readonly FileExtensionContentTypeProvider Types = new();

    private readonly SiteSettings _settings;
    private readonly FrozenDictionary<string, byte[]> _files;
    private readonly string _version;
    private readonly ConcurrentDictionary<string, byte[]> _sheets = new(StringComparer.Ordinal);

    public SiteAssets(SiteSettings settings)
    {
        _settings = settings;
        var files = ReadFiles();
        if (settings.Stylesheet is { } added)
        {
            files[Sheet] = [.. files[Sheet], .. "\n"u8, .. File.ReadAllBytes(added)];
        }

        if (settings.Logo is { } logo)
        {
            files["logo" + Path.GetExtension(logo)] = File.ReadAllBytes(logo);
        }

        _files = files.ToFrozenDictionary(StringComparer.Ordinal);
        _version = HashOf([.. _files.OrderBy(file => file.Key, StringComparer.Ordinal).SelectMany(file => file.Value)]);
    }

    /// <summary>Returns the addresses for a page that shows this panel.</summary>
    public AssetAddresses For(ShellData shell)
    {
        var sheet = SheetFor(shell);
        var hash = HashOf(sheet);
        if (_sheets.Count >= MaxSheets && !_sheets.ContainsKey(hash))
        {
            _sheets.Clear();
        }

        _sheets.TryAdd(hash, sheet);
        return new AssetAddresses($"/assets/{hash}/{Sheet}", $"/assets/{_version}");
    }

    /// <summary>Maps the files.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/assets/{version}/{**name}", Find);
        routes.MapGet(
            "/service-worker.js",
            (HttpContext http) => Send(http, _files["service-worker.js"], "service-worker.js", isFixed: false)
        );
        routes.MapGet("/icon.svg", (HttpContext http) => Send(http, _files["icon.svg"], "icon.svg", isFixed: false));
        routes.MapGet("/favicon.ico", () => Results.Redirect("/icon.svg"));
    }

    private byte[] SheetFor(ShellData shell) =>
        Encoding.UTF8.GetBytes(
            Small(Encoding.UTF8.GetString(_files[Sheet]))
                .Replace("{assets}", $"/assets/{_version}", StringComparison.Ordinal)
                + Small(PanelColours.Sheet(shell, _settings))
        );

    private IResult Find(HttpContext http, string version, string name) =>
        name == Sheet
            ? _sheets.TryGetValue(version, out var sheet)
                ? Send(http, sheet, name, isFixed: true)
                // Another server made the page. The colours of its panel are missing until the next visit.
                : Send(http, _sheets.Values.LastOrDefault() ?? SheetFor(ShellData.Empty), name, isFixed: false)
            : _files.TryGetValue(name, out var file)
                ? Send(http, file, name, version == _version)
                : Results.NotFound();

    private static IResult Send(HttpContext http, byte[] bytes, string name, bool isFixed)
    {
        http.Response.Headers.CacheControl = isFixed ? "public, max-age=31536000, immutable" : "no-cache";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        return Results.Bytes(
            bytes,
            Types.TryGetContentType(name, out var type) ? type : "application/octet-stream",
            entityTag: new($"\"{HashOf(bytes)}\"")
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
