using Cms.Body;
using Cms.Import;
using Cms.Panel;
using Cms.Testing;
using FsCheck;
using FsCheck.Xunit;
using Xunit;

namespace Cms.Tests.Import;

/// <summary>A passage that a file names is the passage that a take refers to.</summary>
[Properties(Arbitrary = [typeof(Bodies)], MaxTest = 200)]
public sealed class PassageLaws
{
    [Property]
    public bool The_name_of_a_passage_leads_back_to_its_block(RichText body, NonNegativeInt pick, bool isQuoted)
    {
        var blocks = body.Blocks.SelectMany(block => block.SelfAndDescendants()).ToList();
        if (blocks.Count == 0)
        {
            return true;
        }

        var block = blocks[pick.Get % blocks.Count];
        var words = new RichText([block])
            .Derive(BodyForms.PlainText)
            .PlainText.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var quote = isQuoted && words.Length > 0 ? words[pick.Get % words.Length] : null;
        var anchor = new TakeAnchor { BlockId = block.Id, Quote = quote };
        var passages = new Passages(body);

        var named = passages.Describe(anchor);

        Assert.NotNull(named);
        Assert.Equal(anchor, passages.Find(named).Value);
        return true;
    }
}
