using System.Globalization;
using Cms.GraphQL;

namespace Cms.Import;

/// <summary>No files were sent.</summary>
public sealed record ImportEmpty()
    : UserError("There is nothing to import. Send Markdown files, ninjs files, images or a ZIP file of them.");

/// <summary>The files that were sent are too large.</summary>
/// <param name="MaxBytes">The most bytes that all files may have together.</param>
public sealed record ImportTooLarge(int MaxBytes)
    : UserError(
        string.Create(
            CultureInfo.InvariantCulture,
            $"The files have more than {MaxBytes / 1_000_000} MB together. Send them in several parts, or use the command import."
        )
    );

/// <summary>The files are too large when they are unpacked.</summary>
/// <param name="MaxBytes">The most bytes that all files may have together when they are unpacked.</param>
public sealed record ImportUnpacksTooLarge(int MaxBytes)
    : UserError(
        string.Create(
            CultureInfo.InvariantCulture,
            $"The files have more than {MaxBytes / 1_000_000} MB when they are unpacked. Send them in several parts, or use the command import."
        )
    );

/// <summary>Too many files were sent.</summary>
/// <param name="Max">The most files that one import may have.</param>
public sealed record ImportTooManyFiles(int Max)
    : UserError(
        string.Create(
            CultureInfo.InvariantCulture,
            $"There are more than {Max} files. Send them in several parts, or use the command import."
        )
    );

/// <summary>A file is of a type that import does not read.</summary>
/// <param name="File">The name of the file.</param>
public sealed record ImportFileUnknown(string File)
    : UserError(
        $"Import does not read ‘{File}’. Send Markdown files (.md), ninjs files (.json), images (JPEG, PNG, WebP, AVIF, GIF) or a ZIP file of them."
    );

/// <summary>A name in a ZIP file is not a path inside it.</summary>
/// <param name="File">The name in the ZIP file.</param>
public sealed record ImportPathUnsafe(string File)
    : UserError(
        $"‘{File}’ cannot be the path of a file in the ZIP file. Give the file a plain name, and make the ZIP file again."
    );

/// <summary>Two files have the same path.</summary>
/// <param name="File">The path.</param>
public sealed record ImportNameTwice(string File)
    : UserError($"Two files are called ‘{File}’. Give one of them another name, or send them one after the other.");

/// <summary>A ZIP file cannot be unpacked.</summary>
/// <param name="File">The name of the ZIP file.</param>
public sealed record ZipDamaged(string File)
    : UserError($"‘{File}’ is damaged, or it needs a password. Make the ZIP file again, without a password.");

/// <summary>The files of an import are not kept any more.</summary>
public sealed record ImportOver()
    : UserError(
        "These files are not here any more, because files for an import are kept for 24 hours. Send them again."
    );

/// <summary>An import would not do what was shown before.</summary>
public sealed record ImportChanged()
    : UserError(
        "Something has changed since the files were checked, so nothing was imported. Read the new check, then import."
    );
