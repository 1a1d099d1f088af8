using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Cms.Site.Parts;

/// <summary>A heading whose level depends on where it is.</summary>
public sealed class Heading : ComponentBase
{
    /// <summary>The level, from 1 to 6.</summary>
    [Parameter]
    public int Level { get; set; } = 3;

    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.OpenElement(0, $"h{Level}");
        builder.AddContent(1, ChildContent);
        builder.CloseElement();
    }
}
