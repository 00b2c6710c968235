// The look of the space-time diagram: a class for each thing that is drawn. What a colour says is also said by a dash,
// a shape or a word: the drawing must be read by the colour-blind and from a black-and-white print.
#pragma once

namespace mdcd::traces {

inline constexpr const char* svg_style = R"(
text { font: 11px "DejaVu Sans", Verdana, Arial, sans-serif; fill: #1a1a1a; }
.paper { fill: #ffffff; }
.title { font-size: 16px; font-weight: bold; }
.small { font-size: 10px; fill: #555555; }
.name { font-weight: bold; }
.bold { font-weight: bold; }
.words { paint-order: stroke; stroke: #ffffff; stroke-width: 4.5px; stroke-linejoin: round; }
.band { fill: #f3f5f7; }
.band.even { fill: #ffffff; }
.head { fill: #ffffff; stroke: #1a1a1a; stroke-width: 1.2; }
.lane { stroke: #1a1a1a; stroke-width: 1.4; }
.lane.device { stroke-dasharray: 1 4; }
.lane.undone { stroke: #9a9a9a; stroke-dasharray: 3 4; }
.event { fill: #1a1a1a; }
.test { fill: #ffffff; stroke: #1a1a1a; stroke-width: 1.4; }
.test.failed { fill: #b3261e; stroke: #b3261e; }
.small.failed { fill: #ffffff; font-size: 15px; font-weight: bold; }
.bar { fill: #ffffff; stroke: #1a1a1a; stroke-width: 1.2; }
.bar.coordinating { fill: #8a8f96; }
.stop { stroke: #1a1a1a; stroke-width: 3; }
.box { fill: #e3eefa; stroke: #1a1a1a; stroke-width: 1.4; }
.box.dropped { fill: #eeeeee; stroke: #777777; }
.box.restored { stroke: #6a3d9a; stroke-width: 3; }
.strike { stroke: #777777; stroke-width: 1.4; }
.arrow { fill: none; stroke: #333333; stroke-width: 1.4; }
.tip { fill: #333333; }
.arrow.dirty { stroke: #c04e00; stroke-width: 2; }
.tip.dirty { fill: #c04e00; }
.arrow.orphan { stroke: #a0327a; stroke-width: 2.6; stroke-dasharray: 9 4; }
.tip.orphan { fill: #a0327a; }
.arrow.lost { stroke: #0064a0; stroke-width: 2.6; stroke-dasharray: 2 4; }
.tip.lost { fill: #0064a0; }
.cross { stroke: #0064a0; stroke-width: 2.4; }
.halo { fill: none; stroke: #f6e05e; stroke-width: 9; stroke-opacity: 0.55; }
.open { fill: #ffffff; stroke: #333333; stroke-width: 1.4; }
.recovery { fill: none; stroke: #6a3d9a; stroke-width: 2.6; stroke-dasharray: 12 4 3 4; }
.loop { fill: none; stroke: #1a1a1a; stroke-width: 1.6; }
.recovery-text { fill: #6a3d9a; font-weight: bold; }
)";

// Behind the other: the same where the reader prefers dark.
inline constexpr const char* svg_dark_style = R"(
@media (prefers-color-scheme: dark) {
  text { fill: #e4e6e8; }
  .small { fill: #a8b0b8; }
  .words { stroke: #16191d; }
  .paper, .band.even { fill: #16191d; }
  .band { fill: #1f242a; }
  .head, .test, .open { fill: #16191d; stroke: #e4e6e8; }
  .lane, .arrow, .loop { stroke: #e4e6e8; }
  .lane.undone { stroke: #6f7880; }
  .event, .tip { fill: #e4e6e8; }
  .bar { fill: #16191d; stroke: #e4e6e8; }
  .bar.coordinating { fill: #98a2ab; }
  .stop { stroke: #e4e6e8; }
  .box { fill: #24405c; stroke: #e4e6e8; }
  .box.dropped { fill: #33383d; stroke: #98a2ab; }
  .box.restored, .recovery { stroke: #c39bf0; }
  .recovery-text { fill: #c39bf0; }
  .arrow.dirty { stroke: #ff9a4d; }
  .tip.dirty { fill: #ff9a4d; }
  .arrow.orphan { stroke: #f29ad2; }
  .tip.orphan { fill: #f29ad2; }
  .arrow.lost, .cross { stroke: #6cc0f5; }
  .tip.lost { fill: #6cc0f5; }
  .halo { stroke: #8a7a1e; }
}
)";

} // namespace mdcd::traces
