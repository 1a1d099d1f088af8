using Markdig.Helpers;
using Markdig.Parsers;
using Markdig.Parsers.Inlines;

namespace Cms.Body;

/// <summary>Reads tags and addresses in angle brackets. A Java wildcard such as <c>&lt;?&gt;</c> stays text.</summary>
internal sealed class TagParser : AutolinkInlineParser
{
    public override bool Match(InlineProcessor processor, ref StringSlice slice) =>
        !HiddenText.IsType(slice.Text, slice.Start) && base.Match(processor, ref slice);
}
