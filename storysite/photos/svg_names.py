"""The names of SVG 2 (https://www.w3.org/TR/SVG2/) that a drawing may have; all others are taken out."""

ELEMENTS = frozenset(
    """
    svg g defs symbol use title desc switch view path rect circle ellipse line polyline polygon text tspan
    textPath image marker linearGradient radialGradient stop pattern clipPath mask filter style animate
    animateMotion animateTransform mpath set feBlend feColorMatrix feComponentTransfer feComposite
    feConvolveMatrix feDiffuseLighting feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB
    feFuncG feFuncR feGaussianBlur feImage feMerge feMergeNode feMorphology feOffset fePointLight
    feSpecularLighting feSpotLight feTile feTurbulence
    """.split()
)
"""What draws; `script`, `foreignObject`, `metadata` and the elements of HTML do not."""
ATTRIBUTES = frozenset(
    """
    id class lang viewBox width height x y x1 y1 x2 y2 dx dy cx cy r rx ry fx fy fr d points transform pathLength
    rotate textLength lengthAdjust startOffset method spacing side preserveAspectRatio version baseProfile href
    style type media role aria-label aria-labelledby aria-describedby aria-hidden tabindex focusable overflow
    gradientUnits gradientTransform spreadMethod offset patternUnits patternContentUnits patternTransform
    clipPathUnits maskUnits maskContentUnits markerUnits markerWidth markerHeight refX refY orient filterUnits
    primitiveUnits in in2 result mode values tableValues slope intercept amplitude exponent operator k1 k2 k3 k4
    order kernelMatrix divisor bias targetX targetY edgeMode preserveAlpha surfaceScale diffuseConstant
    specularConstant specularExponent kernelUnitLength scale xChannelSelector yChannelSelector azimuth elevation
    stdDeviation radius baseFrequency numOctaves seed stitchTiles z pointsAtX pointsAtY pointsAtZ
    limitingConeAngle requiredExtensions systemLanguage attributeName attributeType begin dur end min max restart
    repeatCount repeatDur fill calcMode keyTimes keySplines keyPoints path origin from to by additive accumulate
    alignment-baseline baseline-shift clip-path clip-rule color color-interpolation color-interpolation-filters
    cursor direction display dominant-baseline fill-opacity fill-rule filter flood-color flood-opacity font font-
    family font-size font-size-adjust font-stretch font-style font-variant font-weight glyph-orientation-
    horizontal glyph-orientation-vertical image-rendering isolation letter-spacing lighting-color marker marker-
    start marker-mid marker-end mask mask-type mix-blend-mode opacity paint-order pointer-events shape-rendering
    stop-color stop-opacity stroke stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin stroke-
    miterlimit stroke-opacity stroke-width text-anchor text-decoration text-rendering transform-origin unicode-
    bidi vector-effect visibility white-space word-spacing writing-mode clip kerning enable-background
    """.split()
)
"""What elements have and what styles them, without events."""
