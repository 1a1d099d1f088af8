using Cms.GraphQL;
using Cms.Media.Blobs;
using Cms.Media.Images;
using Cms.Media.Intake;
using Cms.Testing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cms.Server.Tests.Media;

/// <summary>Tests the base address of images and uploads. Front ends on other hosts need it.</summary>
[Needs("server")]
public sealed class ImageAddressTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cms-address-test-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("Development", "http://localhost:5080", "", "http://localhost:5080")]
    [InlineData("Development", "http://0.0.0.0:80;http://127.0.0.1:5081", "", "http://127.0.0.1:5081")]
    [InlineData("Development", "http://*:80", "", "")]
    [InlineData("Development", "http://127.0.0.1:0", "", "")]
    [InlineData("Development", "http://localhost:5080", "https://cdn.example", "https://cdn.example")]
    [InlineData("Production", "http://localhost:5080", "", "")]
    public async Task Image_addresses_begin_with_the_configured_URL_or_in_development_with_the_URL_of_the_server(
        string environment,
        string urls,
        string set,
        string expected
    )
    {
        await using var server = CmsHost.Build([
            $"--environment={environment}",
            $"--urls={urls}",
            $"--Cms:Media:PublicUrl={set}",
            $"--Cms:DataDirectory={_folder.FullName}",
        ]);

        Assert.Equal(expected, server.Services.GetRequiredService<MediaAddresses>().PublicUrl);
    }

    [Theory]
    [InlineData("", "", "/media/uploads/")]
    [InlineData("https://cdn.example/cms/", "", "https://cdn.example/cms/media/uploads/")]
    [InlineData("https://cdn.example", "https://api.example", "https://api.example/media/uploads/")]
    public async Task Uploads_use_the_base_address_of_images_unless_another_is_configured(
        string publicUrl,
        string uploadUrl,
        string expected
    )
    {
        await using var server = CmsHost.Build([
            $"--Cms:Media:PublicUrl={publicUrl}",
            .. uploadUrl.Length == 0 ? [] : new[] { $"--Cms:Media:UploadUrl={uploadUrl}" },
            $"--Cms:DataDirectory={_folder.FullName}",
        ]);

        var ticket = await server
            .Services.GetRequiredService<IBlobStore>()
            .CreateUploadTicketAsync(
                BlobKey.Quarantine(EntityId.New<MediaUploadId>()),
                MediaUpload.MaxBytes,
                TimeSpan.FromMinutes(1),
                default
            );

        Assert.StartsWith(expected, ticket.Url, StringComparison.Ordinal);
    }
}
