using Cms.Data;

namespace Cms.Server.Doctor;

/// <summary>Checks the space on the disks to which the server writes.</summary>
internal static class DiskCheck
{
    private const string Name = "disk space";
    private const long Low = 1_000_000_000;
    private const long Least = 200_000_000;

    public static IReadOnlyList<Finding> Run(CmsSettings settings) =>
        [
            .. Folders(settings)
                .Select(folder => (Folder: folder, Free: new DriveInfo(Existing(folder)).AvailableFreeSpace))
                .Select(disk => Of(disk.Folder, disk.Free)),
        ];

    private static List<string> Folders(CmsSettings settings)
    {
        List<string> folders = [Path.GetFullPath(settings.DataDirectory)];
        if (!settings.Media.IsAzure && !IsUnder(settings.MediaFolder, folders[0]))
        {
            folders.Add(settings.MediaFolder);
        }

        // Uploads to Azure are first written to a temporary file.
        if (settings.Media.IsAzure)
        {
            folders.Add(Path.GetTempPath());
        }

        return folders;
    }

    private static Finding Of(string folder, long free)
    {
        var words = FormattableString.Invariant($"The disk of {folder} has {free / 1_000_000} MB left");
        return free switch
        {
            < Least => Finding.Failure(Name, $"{words}, and writing will soon fail: free some space."),
            < Low => Finding.Warning(Name, $"{words}: free some space."),
            _ => Finding.Ok(Name, $"{words}."),
        };
    }

    private static bool IsUnder(string folder, string above) =>
        folder.StartsWith(above + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    // A folder that the server creates later will be on the disk of the nearest one that exists.
    private static string Existing(string folder)
    {
        var existing = folder;
        while (!Directory.Exists(existing) && Path.GetDirectoryName(existing) is { } above)
        {
            existing = above;
        }

        return existing;
    }
}
