using System.Net;
using System.Net.Sockets;
using Cms.DevIdentity;
using Cms.Testing;
using Microsoft.IdentityModel.JsonWebTokens;
using Xunit;

namespace Cms.Server.Tests.DevIdentity;

/// <summary>The provider runs inside the server in development and is not part of a release.</summary>
[Needs("process")]
public sealed class SeamTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cms-identity-test-");
    private readonly string _url = $"http://127.0.0.1:{Issuer.FreePort()}";

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task The_server_starts_the_provider_and_the_token_command_prints_only_a_token()
    {
        using var server = CmsProcess.Start(Settings("Development"));
        var token = await TokenAsync();
        for (var tries = 0; token.ExitCode != 0 && tries < 60; tries++)
        {
            Assert.Contains("dotnet run --project src/Cms.Server", token.Complaints, StringComparison.Ordinal);
            token = await TokenAsync();
        }

        Assert.Equal("Editor", new JsonWebToken(token.Output.Trim()).GetClaim("roles").Value);
        var key = Path.Combine(_folder.FullName, "dev", "identity.pem");
        Assert.True(
            OperatingSystem.IsWindows() || File.GetUnixFileMode(key) == (UnixFileMode.UserRead | UnixFileMode.UserWrite)
        );
        await server.KillAsync();
    }

    // With run messages, dotnet run prints "Building..." before the token, even if -v says otherwise.
    [Fact]
    public async Task Dotnet_run_is_configured_to_print_no_messages()
    {
        var settings = Path.Combine(Repository.Root, "src", "Cms.Server", "Properties", "launchSettings.json");

        Assert.DoesNotContain("dotnetRunMessages", await File.ReadAllTextAsync(settings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_token_command_is_rejected_in_production()
    {
        using var token = CmsProcess.Start(Settings("Production"), "token", "editor");

        var (exitCode, output, complaints) = await token.EndAsync();

        Assert.Equal((3, ""), (exitCode, output));
        Assert.StartsWith("Tokens can be printed only in development", complaints, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_in_use_stops_startup_with_a_sentence_that_names_the_setting()
    {
        using var other = new TcpListener(IPAddress.Loopback, new Uri(_url).Port);
        other.Start();
        using var server = CmsProcess.Start(Settings("Development"));

        var (exitCode, _, complaints) = await server.EndAsync();

        Assert.Equal(3, exitCode);
        Assert.Contains("set Cms__DevIdentity__Url to another port", complaints, StringComparison.Ordinal);
    }

    [Fact]
    public void The_signing_key_is_the_same_after_a_restart()
    {
        var folder = Path.Combine(_folder.FullName, "dev");

        Assert.Equal(KeyFile.Open(folder).Signing.KeyId, KeyFile.Open(folder).Signing.KeyId);
    }

    [Fact]
    public async Task A_release_does_not_contain_the_provider()
    {
        var published = await PublishedServer.FolderAsync();

        var files = Directory.GetFiles(published, "*", SearchOption.AllDirectories);
        Assert.Contains(files, file => Path.GetFileName(file) == "Cms.Server.dll");
        Assert.DoesNotContain(files, file => IsOfProvider(Path.GetRelativePath(published, file)));
        Assert.False(IsOfProvider(await File.ReadAllTextAsync(Path.Combine(published, "Cms.Server.deps.json"))));
    }

    private static bool IsOfProvider(string text) =>
        text.Contains("OpenIddict", StringComparison.OrdinalIgnoreCase)
        || text.Contains("Cms.DevIdentity", StringComparison.OrdinalIgnoreCase)
        || text.Contains("dev-identity", StringComparison.OrdinalIgnoreCase);

    private async Task<(int ExitCode, string Output, string Complaints)> TokenAsync()
    {
        using var token = CmsProcess.Start(Settings("Development"), "token", "editor");
        return await token.EndAsync();
    }

    private Dictionary<string, string> Settings(string environment) =>
        new(StringComparer.Ordinal)
        {
            ["DOTNET_ENVIRONMENT"] = environment,
            ["ASPNETCORE_ENVIRONMENT"] = environment,
            ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
            ["Cms__DataDirectory"] = _folder.FullName,
            ["Cms__DevIdentity__Url"] = _url,
            ["Cms__SampleNewsroom"] = "false",
        };
}
