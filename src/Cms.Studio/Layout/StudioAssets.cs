using System.Text;
using System.Text.Json;

namespace Cms.Studio.Layout;

/// <summary>The stylesheet, scripts and fonts of the Studio.</summary>
public sealed class StudioAssets
{
    private const string Folder = "/studio/assets";

    private readonly AssetFiles _files;

    public StudioAssets()
    {
        var files = AssetFiles.Read(typeof(StudioAssets).Assembly);

        // Scripts send the ids of documents, as pages do.
        files["operations.js"] = Encoding.UTF8.GetBytes(
            $"export const operations = {JsonSerializer.Serialize(StudioHost.Operations.Names.ToDictionary(name => name, StudioHost.Operations.IdOf, StringComparer.Ordinal))};\n"
        );
        _files = new(files);
    }

    /// <summary>Returns the address of a file.</summary>
    /// <exception cref="KeyNotFoundException">There is no such file.</exception>
    public string UrlOf(string name)
    {
        _ = _files.ContentOf(name);
        return $"{Folder}/{_files.Version}/{name}";
    }

    /// <summary>Maps the files.</summary>
    public void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet(
            Folder + "/{version}/{**name}",
            (HttpContext http, string version, string? name) => _files.Find(http, version, name ?? "")
        );
}
