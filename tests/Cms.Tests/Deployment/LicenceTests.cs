using System.Reflection;
using System.Text.Json;
using System.Xml.Linq;
using Cms.Testing;
using Xunit;

namespace Cms.Tests.Deployment;

/// <summary>
/// The list of the packages that the server consists of, with their licences. To write it again, run the tests with
/// <c>CMS_TEST_LICENCES=write</c>.
/// </summary>
public sealed class LicenceTests
{
    private const string List = "docs/reference/dependencies.md";

    // These licences allow what the product does with the packages.
    private static readonly string[] Accepted =
    [
        "Apache-2.0",
        "BSD-2-Clause",
        "BSD-3-Clause",
        "LGPL-3.0-or-later",
        "MIT",
        "MS-.NET-Library",
        "MS-PL",
    ];

    private static string Packages { get; } =
        typeof(LicenceTests)
            .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .First(metadata => metadata.Key == "Packages")
            .Value!;

    [Fact]
    public void The_list_of_licences_is_complete_and_each_is_accepted()
    {
        var rows = Rows().ToList();
        var path = Path.Combine(Repository.Root, List);
        var text = File.ReadAllText(path);
        var begin = text.IndexOf("| package |", StringComparison.Ordinal);
        var expected =
            text[..begin]
            + string.Join(
                '\n',
                ["| package | licence |", "|---|---|", .. rows.Select(row => $"| {row.Package} | {row.Licence} |"), ""]
            );
        if (Environment.GetEnvironmentVariable("CMS_TEST_LICENCES") == "write")
        {
            File.WriteAllText(path, expected);
        }

        Assert.All(rows, row => Assert.Contains(row.Licence, Accepted));
        Assert.Equal(expected, File.ReadAllText(path));
    }

    // The lock files of the server's projects name every package, also those that packages need.
    private static IEnumerable<(string Package, string Licence)> Rows()
    {
        Dictionary<string, string> versions = new(StringComparer.OrdinalIgnoreCase);
        var projects = Directory
            .EnumerateDirectories(Path.Combine(Repository.Root, "src"))
            .Where(folder => !folder.EndsWith("Cms.DevIdentity", StringComparison.Ordinal))
            .Select(folder => Path.Combine(folder, "packages.lock.json"))
            .Where(File.Exists);
        foreach (var project in projects)
        {
            using var file = JsonDocument.Parse(File.ReadAllText(project));
            foreach (var framework in file.RootElement.GetProperty("dependencies").EnumerateObject())
            {
                foreach (var package in framework.Value.EnumerateObject())
                {
                    if (package.Value.TryGetProperty("resolved", out var version))
                    {
                        versions[package.Name] = version.GetString()!;
                    }
                }
            }
        }

        return versions
            .Where(package => !IsForDevelopment(package.Key))
            .OrderBy(package => package.Key, StringComparer.OrdinalIgnoreCase)
            .Select(package => (package.Key, LicenceOf(package.Key, package.Value)));
    }

    // Analyzers and the tools of EF Core are not part of the server.
    private static bool IsForDevelopment(string package) =>
        package.Contains("Analyzer", StringComparison.Ordinal)
        || package is "Microsoft.EntityFrameworkCore.Design"
        || package.StartsWith("Microsoft.Build", StringComparison.Ordinal)
        || package.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal);

    private static string LicenceOf(string package, string version)
    {
        var folder = Path.Combine(Packages, package.ToLowerInvariant(), version);
        var metadata = XDocument
            .Load(Path.Combine(folder, $"{package.ToLowerInvariant()}.nuspec"))
            .Root!.Elements()
            .First(element => element.Name.LocalName == "metadata")
            .Elements()
            .ToList();
        var licence = metadata.Find(element => element.Name.LocalName == "license");
        var url = metadata.Find(element => element.Name.LocalName == "licenseUrl")?.Value ?? "";
        return (licence?.Attribute("type")?.Value, licence?.Value, url) switch
        {
            ("expression", { } expression, _) => expression,
            ("file", { } file, _) => OfText(File.ReadAllText(Path.Combine(folder, file))),
            (_, _, var address) when address.Contains("LinkId=329770", StringComparison.OrdinalIgnoreCase) =>
                "MS-.NET-Library",
            // XmpCore has the licence of the library that it is a port of.
            (_, _, "https://www.adobe.com/devnet/xmp/library/eula-xmp-library-java.html") => "BSD-3-Clause",
            _ => $"unknown: {url}",
        };
    }

    private static string OfText(string text) =>
        text.Contains("Permission is hereby granted, free of charge", StringComparison.Ordinal) ? "MIT"
        : text.Contains("Apache License", StringComparison.Ordinal) ? "Apache-2.0"
        : text.Contains("Redistribution and use in source and binary forms", StringComparison.Ordinal) ? "BSD-2-Clause"
        : text.Contains("MICROSOFT SOFTWARE LICENSE TERMS", StringComparison.OrdinalIgnoreCase) ? "MS-.NET-Library"
        : $"unknown: {text[..Math.Min(80, text.Length)]}";
}
