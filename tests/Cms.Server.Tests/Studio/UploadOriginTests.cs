using Cms.Server.Tests.Access;
using Cms.Server.Tests.Support;
using Cms.Testing;
using Xunit;

namespace Cms.Server.Tests.Studio;

/// <summary>The pages of the Studio may send files to the store of the newsroom, and nothing to any other server.</summary>
[Needs("server")]
public sealed class UploadOriginTests
{
    [Fact]
    public async Task Pages_may_send_files_to_the_address_of_uploads()
    {
        await using NewsroomServer server = new()
        {
            Settings =
            [
                $"--AzureAd:TenantId={IssuerForge.Tenant}",
                $"--AzureAd:ClientId={IssuerForge.Tenant}",
                "--Cms:Media:UploadUrl=https://uploads.example/in",
            ],
        };
        await server.InitializeAsync();

        using HttpClient browser = new(new HttpClientHandler { AllowAutoRedirect = false });
        using var response = await browser.GetAsync(new Uri(server.Client.BaseAddress!, "/studio/media"));

        Assert.Contains(
            "connect-src 'self' https://uploads.example;",
            Assert.Single(response.Headers.GetValues("Content-Security-Policy")),
            StringComparison.Ordinal
        );
    }
}
