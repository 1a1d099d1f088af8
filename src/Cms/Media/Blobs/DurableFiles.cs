using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Cms.Media.Blobs;

/// <summary>
/// File system operations that .NET lacks: giving a file a name without overwriting another file, and writing a folder
/// to disk so that it survives a power cut.
/// </summary>
public static partial class DurableFiles
{
    private const int AlreadyExists = 17;
    private const int ReadOnly = 0;

    /// <summary>Gives a file a second name (on Windows: renames it). Returns false if the name is taken.</summary>
    public static bool TryLink(string existing, string name)
    {
        if (OperatingSystem.IsWindows())
        {
            try
            {
                File.Move(existing, name, overwrite: false);
                return true;
            }
            catch (IOException) when (File.Exists(name))
            {
                return false;
            }
        }

        if (Link(existing, name) == 0)
        {
            return true;
        }

        return Marshal.GetLastPInvokeError() == AlreadyExists ? false : throw Fault($"{name} could not be created");
    }

    /// <summary>Writes the entries of a folder to disk. Windows does this automatically.</summary>
    public static void FlushFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var handle = Open(folder, ReadOnly);
        if (handle < 0)
        {
            throw Fault($"{folder} could not be opened");
        }

        var flushed = Flush(handle);
        var fault = flushed == 0 ? null : Fault($"{folder} could not be flushed");
        _ = Close(handle);
        if (fault is not null)
        {
            throw fault;
        }
    }

    private static IOException Fault(string what) =>
        new($"{what}: {new Win32Exception(Marshal.GetLastPInvokeError()).Message}.");

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Link(string existing, string name);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Flush(int handle);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Close(int handle);
}
