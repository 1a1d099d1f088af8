using Markdig.Helpers;
using Markdig.Parsers;
using Markdig.Parsers.Inlines;

namespace Cms.Body;

/// <summary>Reads tags and addresses between pointed brackets, and leaves the <c>&lt;?&gt;</c> of a type in Java in the text.</summary>
internal sealed class TagParser : AutolinkInlineParser
{
    public override bool Match(InlineProcessor processor, ref StringSlice slice) =>
        !HiddenText.IsType(slice.Text, slice.Start) && base.Match(processor, ref slice);
}
