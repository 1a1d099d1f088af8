using System.Collections.Concurrent;
using System.Net;
using Cms.GraphQL;
using Cms.Server.Webhooks;
using Cms.Testing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cms.Server.Tests.Webhooks;

/// <summary>Webhooks reach only the public internet, however an address is written or a name is resolved.</summary>
[Needs("server")]
public sealed class WebhookAddressTests : WebhookSuite
{
    private readonly ConcurrentDictionary<string, Func<IPAddress[]>> _names = new(StringComparer.Ordinal);

    private protected override bool AllowsLoopback => false;

    private protected override Action<IServiceCollection>? More =>
        services =>
            services.AddSingleton<ResolveHost>(
                (host, _) =>
                    _names.TryGetValue(host, out var addresses)
                        ? Task.FromResult(addresses())
                        : throw new System.Net.Sockets.SocketException((int)System.Net.Sockets.SocketError.HostNotFound)
            );

    [Fact]
    public async Task No_spelling_of_an_address_that_is_not_public_can_be_saved()
    {
        string[] hosts =
        [
            "127.0.0.1",
            "127.1",
            "127.0.1",
            "2130706433",
            "0x7f000001",
            "0x7f.1",
            "0177.0.0.1",
            "017700000001",
            "0",
            "0.0.0.0",
            "10.1.2.3",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "169.254.169.254",
            "168.63.129.16",
            "100.64.0.1",
            "192.0.2.1",
            "198.51.100.7",
            "203.0.113.9",
            "198.18.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "[::]",
            "[::1]",
            "[::127.0.0.1]",
            "[::ffff:127.0.0.1]",
            "[::ffff:7f00:1]",
            "[::ffff:8.8.8.8]",
            "[::ffff:0:127.0.0.1]",
            "[64:ff9b::7f00:1]",
            "[64:ff9b:1::7f00:1]",
            "[2002:7f00:1::]",
            "[2001:0:4136:e378:8000:63bf:3fff:fdd2]",
            "[2001:db8::1]",
            "[3fff::1]",
            "[fc00::1]",
            "[fd12:3456::1]",
            "[fe80::1]",
            "[fe80::1%25eth0]",
            "[fec0::1]",
            "[ff02::1]",
            "[100::1]",
            "localhost",
            "localhost.",
            "LOCALHOST",
            "a.localhost",
            "printer.local",
            "db.internal",
            "intranet",
            "example.0x7f",
            "example.1",
        ];
        foreach (var host in hosts)
        {
            var refused = (await RefusedAsync("createWebhook", new { url = $"https://{host}/hook" })).ToList();
            Assert.True(
                refused is ["WebhookHostNotPublic at url"] or ["WebhookUrlMalformed at url"],
                $"{host}: {string.Join(", ", refused)}"
            );
        }
    }

    [Fact]
    public async Task Only_https_on_two_ports_without_a_user_name_can_be_saved()
    {
        string[] urls =
        [
            "http://example.com/",
            "https://example.com:444/",
            "https://example.com:80/",
            "https://user@example.com/",
            "https://user:secret@example.com/",
            "https://@example.com/",
            "https://example.com/#fragment",
            "https://example.com\\@127.0.0.1/",
            "https://①②⑦.⓪.⓪.①/",
            "https://１２７.0.0.1/",
            "https://exämple.com/",
            "https://127。0。0。1/",
            "https://exa mple.com/",
            "https:///hook",
            "//example.com/",
            "hook",
            "",
            "file:///etc/passwd",
            "gopher://example.com/",
        ];
        foreach (var url in urls)
        {
            var refused = (await RefusedAsync("createWebhook", new { url })).ToList();
            Assert.True(refused is ["WebhookUrlMalformed at url"], $"{url}: {string.Join(", ", refused)}");
        }
    }

    [Fact]
    public async Task Public_addresses_can_be_saved()
    {
        string[] urls =
        [
            "https://example.com/",
            "https://example.com.:8443/a?b=c",
            "https://xn--exmple-cua.com:443/",
            "https://8.8.8.8/",
            "https://[2606:4700::1111]:8443/",
        ];
        foreach (var url in urls)
        {
            Assert.NotEmpty((await CreateAsync(url)).Id);
        }
    }

    [Fact]
    public async Task A_name_with_any_address_that_is_not_public_is_never_connected_to()
    {
        string[][] names =
        [
            ["127.0.0.1"],
            ["10.0.0.1"],
            ["169.254.169.254"],
            ["::ffff:127.0.0.1"],
            ["64:ff9b::a9fe:a9fe"],
            ["2002:a00:1::"],
            ["fd00::1"],
            ["8.8.8.8", "10.0.0.1"],
            ["2606:4700::1111", "::1"],
        ];
        foreach (var (i, addresses) in names.Index())
        {
            var host = FormattableString.Invariant($"hook{i}.example");
            _names[host] = () => [.. addresses.Select(IPAddress.Parse)];
            var (id, _) = await CreateAsync($"https://{host}/");
            await DoAsync("pingWebhook", new { id });

            var error = await ErrorAsync(id);
            Assert.Contains($"{host} has an address that is not on the public", error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_name_that_changes_its_address_is_checked_for_each_connection_and_resolved_only_once()
    {
        var asked = 0;
        _names["rebind.example"] = () =>
            Interlocked.Increment(ref asked) == 1 ? [IPAddress.Loopback] : [IPAddress.Parse("10.0.0.1")];
        var (id, _) = await CreateAsync("https://rebind.example/");
        await DoAsync("pingWebhook", new { id });

        Assert.Contains("is not on the public internet", await ErrorAsync(id), StringComparison.Ordinal);
        Assert.Equal(1, asked);
        var (unknown, _) = await CreateAsync("https://nowhere.example/");
        await DoAsync("pingWebhook", new { id = unknown });
        Assert.Equal("The name of the receiver has no address.", await ErrorAsync(unknown));
    }

    [Fact]
    public void A_server_in_production_does_not_start_if_webhooks_may_reach_this_machine()
    {
        var refused = Assert.Throws<CannotStartException>(() =>
            CmsHost.Build(["--environment=Production", "--Cms:Webhooks:AllowLoopback=true"])
        );

        Assert.Contains("Cms__Webhooks__AllowLoopback", refused.Message, StringComparison.Ordinal);
    }

    private async Task<string?> ErrorAsync(string id)
    {
        for (var i = 0; i < 200; i++)
        {
            var read = await ReadAsync(id, "deliveries { nodes { attempts { error } } }");
            if ((string?)read["deliveries"]!["nodes"]![0]!["attempts"]!.AsArray().FirstOrDefault()?["error"] is { } e)
            {
                return e;
            }

            await Task.Delay(50);
        }

        return null;
    }
}
