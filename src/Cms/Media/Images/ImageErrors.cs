using Cms.GraphQL;

namespace Cms.Media.Images;

/// <summary>The file is empty.</summary>
public sealed record ImageEmpty() : UserError("The file is empty. Choose the file again, and upload it.");

/// <summary>The file is not an image in a supported format. The file's name is not considered.</summary>
public sealed record NotAnImage()
    : UserError("The file is not a supported image. Upload a JPEG, PNG, WebP, AVIF or GIF.");

/// <summary>The file is a HEIC image, which most browsers cannot show.</summary>
public sealed record ImageIsHeic()
    : UserError("The file is a HEIC photograph, which browsers cannot show. Save it as a JPEG, then upload that.");

/// <summary>The image has too many pixels.</summary>
/// <param name="Width">The width of the image, in pixels.</param>
/// <param name="Height">The height of the image, in pixels.</param>
/// <param name="Frames">The number of frames.</param>
/// <param name="LimitMegapixels">The maximum number of megapixels in all frames together.</param>
public sealed record ImageTooManyPixels(int Width, int Height, int Frames, int LimitMegapixels)
    : UserError(
        LimitMegapixels < ImageLimits.MaxMegapixels
            ? $"A still WebP, an AVIF, or an interlaced or progressive image must not exceed {LimitMegapixels} megapixels. Make it smaller, or save it as a baseline JPEG."
            : $"An image must not exceed {LimitMegapixels} megapixels, counting all frames. Make it smaller, then upload it."
    );

/// <summary>The image is too wide or too tall.</summary>
/// <param name="Width">The width of the image, in pixels.</param>
/// <param name="Height">The height of the image, in pixels.</param>
/// <param name="Limit">The maximum width and height, in pixels.</param>
public sealed record ImageSideTooLong(int Width, int Height, int Limit)
    : UserError($"An image must not exceed {Limit} pixels in width or height. Make it smaller, then upload it.");

/// <summary>The image needs too much memory, because its pixels have too many channels or bits.</summary>
public sealed record ImageTooDeep()
    : UserError(
        "The image has too many channels or bits per pixel for its size. Save it with 8 bits per channel, then upload it."
    );

/// <summary>The image cannot be read completely.</summary>
public sealed record ImageDamaged() : UserError("The image is damaged or incomplete. Export it again, then upload it.");

/// <summary>Reading or resizing the image took too long.</summary>
public sealed record ImageTooSlow()
    : UserError("Reading the image takes too long. Save it in a simpler format, such as JPEG, then upload it.");

/// <summary>Too many images are being processed. Try again in a few seconds.</summary>
public sealed record ImagesBusy() : UserError("Too many images are being processed. Try again in a few seconds.");
