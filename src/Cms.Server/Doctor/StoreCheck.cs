using System.Runtime.ExceptionServices;
using Azure;
using Azure.Identity;
using Cms.Data;
using Cms.GraphQL;
using Cms.Media.Blobs;
using Cms.Media.Intake;

namespace Cms.Server.Doctor;

/// <summary>Writes a file to the media store, reads it and deletes it.</summary>
internal static class StoreCheck
{
    private const string Name = "media store";

    public static async Task<IReadOnlyList<Finding>> RunAsync(
        CmsSettings settings,
        IBlobStore store,
        CancellationToken cancellationToken
    )
    {
        // A folder that this user creates could be closed to the user that runs the server.
        if (!settings.Media.IsAzure && !Directory.Exists(settings.MediaFolder))
        {
            return
            [
                Finding.Warning(
                    Name,
                    $"{settings.MediaFolder} does not exist: the server creates it when it starts. If there should be images, correct Cms__Media__Folder."
                ),
            ];
        }

        try
        {
            return [await ProveAsync(settings, store, cancellationToken)];
        }
        catch (Exception fault) when (CauseOf(fault) is AuthenticationFailedException cause)
        {
            return
            [
                Finding.Failure(
                    Name,
                    $"This machine has no identity for Azure ({cause.FirstLine}): assign the managed identity, and set AZURE_CLIENT_ID if there are several."
                ),
            ];
        }
        catch (Exception fault) when (CauseOf(fault) is RequestFailedException { Status: 401 or 403 } cause)
        {
            return
            [
                Finding.Failure(
                    Name,
                    $"Azure Blob Storage refuses ({cause.ErrorCode}): give the server's identity the role Storage Blob Data Contributor, and open the account's firewall for this machine."
                ),
            ];
        }
        catch (Exception fault) when (CauseOf(fault) is (IOException or UnauthorizedAccessException) and var cause)
        {
            return
            [
                Finding.Failure(
                    Name,
                    $"{settings.MediaFolder} cannot be used ({cause.FirstLine}): give this user write access, free some space, or set Cms__Media__Folder to another folder."
                ),
            ];
        }
        catch (BlobStoreUnavailableException fault)
        {
            // The words of the check are about the cause.
            ExceptionDispatchInfo.Throw(CauseOf(fault));
            throw;
        }
    }

    private static Exception CauseOf(Exception fault) =>
        fault is BlobStoreUnavailableException { InnerException: { } cause } ? cause : fault;

    private static async Task<Finding> ProveAsync(
        CmsSettings settings,
        IBlobStore store,
        CancellationToken cancellationToken
    )
    {
        // A sweep removes it if this is interrupted.
        var key = BlobKey.Quarantine(EntityId.New<MediaUploadId>());
        byte[] written = [.. key.Value.Select(letter => (byte)letter)];
        using var content = new MemoryStream(written);
        await store.PutAsync(key, content, "application/octet-stream", null, written.Length, cancellationToken);
        using var read = new MemoryStream();
        await using (var reading = await store.OpenReadAsync(key, cancellationToken))
        {
            await (reading?.Content.CopyToAsync(read, cancellationToken) ?? Task.CompletedTask);
        }

        var isDeleted = await store.DeleteAsync(key, cancellationToken);
        var where = settings.Media.IsAzure ? "Azure Blob Storage" : settings.MediaFolder;
        return
            read.ToArray().AsSpan().SequenceEqual(written)
            && isDeleted
            && await store.HeadAsync(key, cancellationToken) is null
            ? Finding.Ok(Name, $"A file was written to {where}, read and deleted.")
            : Finding.Failure(
                Name,
                $"A file that was written to {where} could not be read or deleted: check the disk, or the policies of the account."
            );
    }
}
