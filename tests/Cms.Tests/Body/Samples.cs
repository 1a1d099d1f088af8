using Cms.Articles;
using Cms.Body;
using Cms.Media;
using Cms.Tools;

namespace Cms.Tests.Body;

public static class Samples
{
    public static readonly ArticleId Article = new(new Guid(1, 0, 0, new byte[8]));
    public static readonly ToolId Tool = new(new Guid(2, 0, 0, new byte[8]));
    public static readonly MediaId Media = new(new Guid(3, 0, 0, new byte[8]));

    public static readonly EmbedSlugs Slugs = new(
        slug => slug is "the-launch" ? Article : null,
        slug => slug is "pocket-llm" ? Tool : null
    );

    /// <summary>One target of each kind, and a tool with an unsafe address.</summary>
    public static readonly ReferenceTargets Targets = new()
    {
        Hosts = EmbedHosts.Default,
        Articles = new Dictionary<ArticleId, PageTarget>
        {
            [Article] = new("The launch, <day> one", "/articles/the-launch", "the-launch"),
        },
        Tools = new Dictionary<ToolId, PageTarget>
        {
            [Tool] = new("Pocket LLM", "https://tools.example/pocket?a=1&b=2", "pocket-llm"),
            [new ToolId(new Guid(4, 0, 0, new byte[8]))] = new("Trap", "javascript:alert(1)", "trap"),
        },
        Media = new Dictionary<MediaId, MediaTarget>
        {
            [Media] = new("https://media.example/chip.webp", "A chip", 1200, 800),
        },
    };

    public const string Story = """
        A small model now runs **on the phone**, and _nothing_ leaves it. The maker's [notes](https://notes.example/v1 "Release notes")
        call it `pocket-llm`; ~~cloud only~~ is history.

        # What is new

        > [!WARNING]
        > The numbers are the maker's own.
        >
        > - We asked for the method.

        ## Numbers & <claims>

        | Model | Tokens/s |
        | --- | --- |
        | Pocket | **31** |
        | Cloud \| fast | `a|b` |

        1. Download it.
        2. Run it:

           ```csharp
           var answer = model.Ask("<why>");
           ```

        ::tool{slug="pocket-llm"}

        ![A chip on a desk](media:med_00000003000000000000000000000000 "Photo: the desk")

        ##### What is new

        > A quotation\
        > of two lines.

        ___

        ::article{slug="the-launch"}
        """;
}
