using System.Collections.Frozen;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.StaticFiles;

namespace Cms.Pages;

/// <summary>The files that are embedded in an assembly under <c>assets/</c>. Their addresses contain a hash, so that browsers can keep the files forever.</summary>
public sealed class AssetFiles
{
    private const string Prefix = "assets/";

    private static readonly FileExtensionContentTypeProvider Types = new();

    private readonly FrozenDictionary<string, byte[]> _files;
    private readonly ConditionalWeakTable<byte[], string> _hashes = [];

    /// <param name="files">The content of each file, by its path.</param>
    public AssetFiles(IEnumerable<KeyValuePair<string, byte[]>> files)
    {
        _files = files.ToFrozenDictionary(StringComparer.Ordinal);
        Version = HashOf([.. _files.OrderBy(file => file.Key, StringComparer.Ordinal).SelectMany(file => file.Value)]);
    }

    /// <summary>A hash of all files, in hex. It changes when one of them does.</summary>
    public string Version { get; }

    /// <summary>The paths of all files.</summary>
    public IEnumerable<string> Names => _files.Keys.Order(StringComparer.Ordinal);

    /// <summary>Returns the content of a file.</summary>
    /// <exception cref="KeyNotFoundException">There is no such file.</exception>
    public byte[] ContentOf(string name) => _files[name];

    /// <summary>Reads the files that are embedded in an assembly.</summary>
    public static Dictionary<string, byte[]> Read(Assembly assembly) =>
        assembly
            .GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .ToDictionary(
                name => name[Prefix.Length..].Replace('\\', '/'),
                name =>
                {
                    using var file = assembly.GetManifestResourceStream(name)!;
                    var bytes = new byte[file.Length];
                    file.ReadExactly(bytes);
                    return bytes;
                },
                StringComparer.Ordinal
            );

    /// <summary>Returns the first 12 hex digits of the SHA-256 of a content.</summary>
    public static string HashOf(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes)[..6]);

    /// <summary>Answers a request for a file. It may be kept forever if its address contains the current hash.</summary>
    /// <param name="version">The hash in the address.</param>
    /// <param name="name">The path of the file.</param>
    public IResult Find(HttpContext http, string version, string name) =>
        _files.TryGetValue(name, out var file) ? Send(http, file, name, version == Version) : Results.NotFound();

    /// <summary>Sends a content with the type that its name has.</summary>
    /// <param name="isFixed">Whether this address always has the same content.</param>
    public IResult Send(HttpContext http, byte[] bytes, string name, bool isFixed)
    {
        http.Response.Headers.CacheControl = isFixed ? "public, max-age=31536000, immutable" : "no-cache";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        return Results.Bytes(
            bytes,
            Types.TryGetContentType(name, out var type) ? type : "application/octet-stream",
            entityTag: new($"\"{_hashes.GetValue(bytes, HashOf)}\"")
        );
    }
}
