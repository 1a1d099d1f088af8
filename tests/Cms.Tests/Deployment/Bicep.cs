using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using Cms.Testing;
using Xunit;

namespace Cms.Tests.Deployment;

/// <summary>The Bicep compiler, from its NuGet package, and what it makes of the files in <c>infra</c>.</summary>
internal static class Bicep
{
    private const string Missing =
        "Run this test on Linux (x64) after dotnet restore, which downloads the Bicep compiler as the package Azure.Bicep.CommandLine.linux-x64.";

    // What azd sets when it deploys.
    private static readonly Dictionary<string, string> Azd = new(StringComparer.Ordinal)
    {
        ["AZURE_PRINCIPAL_ID"] = "e0000000-0000-4000-8000-000000000001",
        ["SERVICE_CMS_IMAGE_NAME"] = "example.azurecr.io/cms:1",
    };

    private static readonly Lazy<(string Main, string App)> Compiled = new(() =>
        (Run("build", "main.bicep", "--stdout").Output, Run("build", "cms.bicep", "--stdout").Output)
    );

    private static string Compiler { get; } =
        typeof(Bicep)
            .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .FirstOrDefault(metadata => metadata.Key == "Bicep")
            ?.Value
        ?? "";

    /// <summary>The compiled resources of the whole deployment: those that <c>azd provision</c> makes, and the app.</summary>
    public static AzureTemplate Template()
    {
        Require();
        return new AzureTemplate(Compiled.Value.Main, Compiled.Value.App);
    }

    /// <summary>Returns the exit code, the output, and the warnings and errors of one run of the compiler.</summary>
    public static (int Status, string Output, string Complaints) Run(string command, string file, params string[] more)
    {
        Require();
        var start = new ProcessStartInfo(Compiler, [command, file, .. more])
        {
            WorkingDirectory = Path.Combine(Repository.Root, "infra"),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var (name, value) in Azd)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var complaints = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, complaints.GetAwaiter().GetResult());
    }

    private static void Require()
    {
        var exists = File.Exists(Compiler);
        Assert.False(
            !exists && OperatingSystem.IsLinux() && Environment.GetEnvironmentVariable("CI") == "true",
            Missing
        );
        Skip.If(!exists, Missing);
    }
}

/// <summary>A compiled resource.</summary>
/// <param name="Module">The module that declares it; empty for the files themselves.</param>
/// <param name="Type">Its type, such as <c>Microsoft.Sql/servers</c>.</param>
/// <param name="Json">The resource.</param>
internal sealed record AzureResource(string Module, string Type, JsonElement Json)
{
    /// <summary>Returns the text at a path of properties; null if there is none.</summary>
    public string? Text(string path)
    {
        var found = Json;
        foreach (var name in path.Split('.'))
        {
            if (found.ValueKind != JsonValueKind.Object || !found.TryGetProperty(name, out found))
            {
                return null;
            }
        }

        return found.ValueKind == JsonValueKind.String ? found.GetString() : found.GetRawText();
    }
}

/// <summary>A compiled template, with the resources of its modules.</summary>
internal sealed class AzureTemplate
{
    private readonly Dictionary<string, JsonElement> _parameters = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JsonElement> _variables = new(StringComparer.Ordinal);

    private readonly string[] _files;

    public AzureTemplate(params string[] files)
    {
        _files = files;
        Text = string.Join('\n', files);
        foreach (var file in files)
        {
            Add("", JsonDocument.Parse(file).RootElement);
        }
    }

    /// <summary>The JSON of all files.</summary>
    public string Text { get; }

    public List<AzureResource> Resources { get; } = [];

    /// <summary>Returns the template with a part replaced.</summary>
    public AzureTemplate With(string part, string replacement) =>
        new([.. _files.Select(file => file.Replace(part, replacement, StringComparison.Ordinal))]);

    public IEnumerable<AzureResource> Of(string type) => Resources.Where(resource => resource.Type == type);

    /// <summary>Returns the value that main.bicep gives to a parameter of a module.</summary>
    public string ParameterOf(string module, string name) =>
        _parameters[module].GetProperty(name).GetProperty("value").ToString();

    /// <summary>Returns a variable of a module.</summary>
    public string VariableOf(string module, string name) => _variables[module].GetProperty(name).ToString();

    // The compiler writes resources as a list, or as an object if a file uses newer features.
    private void Add(string module, JsonElement template)
    {
        if (template.TryGetProperty("variables", out var variables))
        {
            _variables[module] = variables;
        }

        var resources = template.GetProperty("resources");
        var named =
            resources.ValueKind == JsonValueKind.Object
                ? resources.EnumerateObject().Select(property => (property.Name, property.Value))
                : resources.EnumerateArray().Select(value => ("", value));
        foreach (var (name, resource) in named)
        {
            var type = resource.GetProperty("type").GetString()!;
            if (type == "Microsoft.Resources/deployments")
            {
                var properties = resource.GetProperty("properties");
                _parameters[name] = properties.GetProperty("parameters");
                Add(name, properties.GetProperty("template"));
            }
            else if (!resource.TryGetProperty("existing", out var existing) || !existing.GetBoolean())
            {
                Resources.Add(new AzureResource(module, type, resource));
            }
        }
    }
}
