namespace Cms.Import;

/// <summary>Files that exist only while somebody has them open.</summary>
internal static class TemporaryFile
{
    /// <summary>Creates an empty file. It is deleted when it is closed.</summary>
    public static FileStream Create() =>
        new(
            Path.Combine(Path.GetTempPath(), $"cms-import-{Guid.CreateVersion7():N}"),
            new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.ReadWrite,
                Options = FileOptions.Asynchronous | FileOptions.DeleteOnClose,
            }
        );
}
