namespace Cms.Import;

/// <summary>Files that exist only while somebody has them open.</summary>
internal static class TemporaryFile
{
    /// <summary>How the names of the temporary files and folders of imports begin.</summary>
    public const string Prefix = "cms-import-";

    /// <summary>Creates an empty file. It is deleted when it is closed, also if the process is killed.</summary>
    public static FileStream Create()
    {
        var file = new FileStream(
            Path.Combine(Path.GetTempPath(), $"{Prefix}{Guid.CreateVersion7():N}"),
            new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.ReadWrite,
                Options = FileOptions.Asynchronous | FileOptions.DeleteOnClose,
            }
        );
        // Only Windows deletes the files of a killed process by itself. Elsewhere, a file that is open needs no name.
        if (!OperatingSystem.IsWindows())
        {
            File.Delete(file.Name);
        }

        return file;
    }
}
